package dev.plumbline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on Git's own trees, in a bare mirror. */
class GitTreesTest {
    private static final int MANY = 10_000;

    @TempDir
    Path folder;

    @Test
    void a_pushed_commit_touches_the_stacks_that_read_its_files() throws Exception {
        try (Mirrors mirrors = new Mirrors(folder.resolve("mirrors"))) {
            Mirror mirror = mirrors.openOrCreate("main");
            Path work = Files.createDirectory(folder.resolve("work"));
            git(work, "init", "-q", "-b", "main");
            write(work, "stacks/a/main.tf", "module \"m\" {\n  source = \"../../modules/m\"\n}\n");
            write(work, "stacks/b/main.tf", "resource \"terraform_data\" \"b\" {}\n");
            write(work, "modules/m/main.tf", "locals {}\n");
            CommitSha first = pushed(work, mirror);
            write(work, "modules/m/main.tf", "locals {\n  x = 1\n}\n");
            git(work, "mv", "stacks/b", "stacks/c");
            CommitSha second = pushed(work, mirror);
            StackCatalogReader reader = new StackCatalogReader(List.of());
            StackCatalog before = reader.read("main", mirror.tree(first));
            StackCatalog after = reader.read("main", mirror.tree(second));
            assertThat(ChangeImpact.between(before, after))
                    .extracting(each -> each.stack() + " " + each.kind() + " " + each.reasons())
                    .containsExactly(
                            "stacks/a CHANGED [module modules/m changed (modules/m/main.tf)]",
                            "stacks/c MOVED [moved from stacks/b]");
        }
    }

    /** Prints what the design wants to know of ten thousand stacks; the times are the machine's and are not judged. */
    @Test
    void one_changed_file_among_ten_thousand_stacks_is_found() throws Exception {
        try (Mirrors mirrors = new Mirrors(folder)) {
            Mirror mirror = mirrors.openOrCreate("main");
            StackCatalogReader reader = new StackCatalogReader(List.of());
            String base = manyStacks(mirror, -1);
            long start = System.nanoTime();
            StackCatalog before = reader.read("main", mirror.treeById(base));
            System.out.printf("%,d stacks, first reading: %d ms%n", MANY, millisSince(start));
            for (int changed : new int[] {17, 4711, 9999, 5}) {
                String next = manyStacks(mirror, changed);
                start = System.nanoTime();
                List<AffectedStack> affected = ChangeImpact.between(before, reader.read("main", mirror.treeById(next)));
                System.out.printf("%,d stacks, one changed file: %d ms%n", MANY, millisSince(start));
                assertThat(affected).extracting(each -> each.stack().folder()).containsExactly("stacks/s" + changed);
            }
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** One pack instead of twenty thousand loose files. */
    private static String manyStacks(Mirror mirror, int changed) throws IOException {
        try (ObjectInserter inserter = ((ObjectDirectory) mirror.repository().getObjectDatabase()).newPackInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            for (int i = 0; i < MANY; i++) {
                String code = "module \"m\" {\n  source = \"../../modules/m" + i % 50 + "\"\n}\n"
                        + "resource \"terraform_data\" \"r" + i + "\" {}\n";
                add(builder, inserter, "stacks/s" + i + "/main.tf", i == changed ? code + "# changed\n" : code);
            }
            for (int i = 0; i < 50; i++) {
                add(builder, inserter, "modules/m" + i + "/main.tf", "locals {}\n");
            }
            builder.finish();
            String tree = index.writeTree(inserter).name();
            inserter.flush();
            return tree;
        }
    }

    private static void add(DirCacheBuilder builder, ObjectInserter inserter, String path, String text)
            throws IOException {
        DirCacheEntry entry = new DirCacheEntry(path);
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8)));
        builder.add(entry);
    }

    private static CommitSha pushed(Path work, Mirror mirror) throws Exception {
        git(work, "add", "-A");
        git(work, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "x");
        git(work, "push", "-q", mirror.repository().getDirectory().getAbsolutePath(), "main");
        return mirror.branch("main").orElseThrow();
    }

    private static void write(Path work, String path, String text) throws IOException {
        Path file = work.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void git(Path work, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", work.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
