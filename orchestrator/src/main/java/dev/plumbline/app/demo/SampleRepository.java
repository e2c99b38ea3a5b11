package dev.plumbline.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** This project's own stacks and modules, which the build packs into the jar. */
final class SampleRepository {
    private static final String PACKED = "/demo";

    private SampleRepository() {}

    /** Writes them to a folder. */
    static void unpack(Path folder) {
        URL packed = SampleRepository.class.getResource(PACKED + "/plumbline.yaml");
        if (packed == null) {
            throw new StepFailed("the stacks are not in this jar; build it with: mvn package");
        }
        try {
            URI uri = packed.toURI();
            if ("jar".equals(uri.getScheme())) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    copy(jar.getPath(PACKED), folder);
                }
            } else {
                copy(Path.of(uri).resolveSibling(""), folder);
            }
        } catch (IOException | URISyntaxException cause) {
            throw new StepFailed("the stacks can't be unpacked to " + folder + ": " + cause, cause);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        for (Path path : all) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target);
            }
        }
    }
}
