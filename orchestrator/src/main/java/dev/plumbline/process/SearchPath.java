package dev.plumbline.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The folders in which programs are looked for by name. */
public record SearchPath(List<Path> folders) {

    public SearchPath {
        folders = List.copyOf(folders);
    }

    /** Reads the form of the PATH variable; empty and relative entries are left out, since they mean the current folder. */
    public static SearchPath parse(String variable) {
        return new SearchPath(Arrays.stream(variable.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .toList());
    }

    /** The first executable file of that name. */
    public Optional<Path> find(String program) {
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
