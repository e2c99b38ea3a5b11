package dev.plumbline.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * The server's bare repositories, one per name, each at {@code <folder>/<name>.git}.
 *
 * <p>Objects and refs are synced to disk before a write returns. Safe for use by several threads; one process at a time
 * should own the folder.
 */
public final class Mirrors implements AutoCloseable {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final int LONGEST_NAME = 200;

    private final Path folder;
    private final ConcurrentHashMap<String, Mirror> open = new ConcurrentHashMap<>();

    /**
     * @param folder is made, readable by its owner only, where it is missing
     */
    public Mirrors(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        makePrivate(this.folder);
    }

    /**
     * Says what is wrong with a repository's name, if anything. Names are made of letters, digits, {@code . _ -}, in
     * parts divided by {@code /}, each beginning with a letter or digit and none ending in {@code .git}.
     */
    public static Optional<String> faultOf(String name) {
        if (name.length() > LONGEST_NAME) {
            return Optional.of("a repository's name has at most " + LONGEST_NAME + " characters");
        }
        for (String part : name.split("/", -1)) {
            if (!PART.matcher(part).matches() || part.endsWith(".git")) {
                return Optional.of("'" + printable(name) + "' can't name a repository: use letters, digits and . _ -,"
                        + " each part beginning with a letter or digit and not ending in .git, as in team/infra");
            }
        }
        return Optional.empty();
    }

    /**
     * The repository of that name, made empty with {@code main} as its branch where there is none.
     *
     * @throws GitException where the name is unsafe or the folder can't be written
     */
    public Mirror openOrCreate(String name) {
        return open.computeIfAbsent(name, absent -> load(absent, create(absent)));
    }

    /** The repository of that name; empty where there is none, also for a name that none can have. */
    public Optional<Mirror> find(String name) {
        if (faultOf(name).isPresent()) {
            return Optional.empty();
        }
        return Optional.ofNullable(open.computeIfAbsent(name, known -> {
            Path place = placeOf(known);
            return FileKey.isGitRepository(place.toFile(), FS.DETECTED) ? load(known, place) : null;
        }));
    }

    /** All names, sorted. */
    public List<String> names() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, Set.of(), 16, new Finder(found));
        } catch (IOException e) {
            throw new GitException("can't list the repositories in " + folder + ": check that it is readable", e);
        }
        return found.stream()
                .filter(path -> FileKey.isGitRepository(path.toFile(), FS.DETECTED))
                .map(path -> folder.relativize(path).toString())
                .map(path -> path.substring(0, path.length() - ".git".length()))
                .filter(name -> faultOf(name).isEmpty())
                .sorted()
                .toList();
    }

    /** Finds repositories without looking into them: there files come and go while it looks. */
    private static final class Finder extends SimpleFileVisitor<Path> {
        private final List<Path> found;

        Finder(List<Path> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.toString().endsWith(".git")) {
                return FileVisitResult.CONTINUE;
            }
            found.add(folder);
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    /** Lets go of open files; mirrors handed out before must not be used after. */
    @Override
    public void close() {
        open.values().forEach(Mirror::close);
        open.clear();
    }

    private Path create(String name) {
        faultOf(name).ifPresent(fault -> {
            throw new GitException(fault);
        });
        Path place = placeOf(name);
        if (FileKey.isGitRepository(place.toFile(), FS.DETECTED)) {
            return place;
        }
        makePrivate(place);
        try (Repository made = builder(place).build()) {
            made.create(true);
            made.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
            StoredConfig config = made.getConfig();
            config.setBoolean("core", null, "fsyncObjectFiles", true);
            config.setBoolean("core", null, "fsyncRefFiles", true);
            config.setString("core", null, "fsync", "all");
            config.setString("transfer", null, "hideRefs", "refs/plumbline");
            config.save();
            return place;
        } catch (IOException e) {
            throw new GitException("can't make the repository " + place + ": check the disk and who owns it", e);
        }
    }

    private static Mirror load(String name, Path place) {
        try {
            return new Mirror(name, builder(place).setMustExist(true).build());
        } catch (IOException e) {
            throw new GitException("can't open the repository " + place + ": run `git fsck` in it", e);
        }
    }

    private static FileRepositoryBuilder builder(Path place) {
        return new FileRepositoryBuilder().setGitDir(place.toFile()).setBare();
    }

    private Path placeOf(String name) {
        return folder.resolve(name + ".git");
    }

    private static void makePrivate(Path wanted) {
        try {
            Files.createDirectories(
                    wanted, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new GitException("can't make the folder " + wanted + ": check who owns the folder above", e);
        }
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
