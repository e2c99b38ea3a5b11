package dev.plumbline.terraform;

import dev.plumbline.process.Orphans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** All workspaces of this node, below {@code home/workspaces}. */
public final class WorkspaceFolders {
    private static final int SLUG_LENGTH = 40;

    private final Path base;

    /** @param home the server's home */
    public WorkspaceFolders(Path home) {
        base = home.toAbsolutePath().normalize().resolve("workspaces");
    }

    /**
     * The workspace of a stack; nothing is made on disk before {@link Workspace#clear()}.
     *
     * @param repository any name
     * @param stack any name; two that differ get different folders
     * @param folder the stack's folder in its repository; the empty string is the root
     * @throws IllegalArgumentException where the folder leaves the repository
     */
    public Workspace of(String repository, String stack, String folder) {
        Path own = base.resolve(name(repository, stack));
        Path root = own.resolve("tree");
        Path stackFolder = root.resolve(folder).normalize();
        if (!stackFolder.startsWith(root)) {
            throw new IllegalArgumentException("The stack's folder leaves its repository: " + folder);
        }
        return new Workspace(own, stackFolder);
    }

    /**
     * Deletes, whole, every workspace that is not to be kept, and kills what a killed server left running in it; for
     * the start of the server.
     *
     * @param keep is given {@link Workspace#folder()}; must hold for each apply that may still be running
     * @return how many were deleted
     */
    public int sweep(Predicate<Path> keep) {
        if (!Files.isDirectory(base)) {
            return 0;
        }
        List<Path> stale = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(base)) {
            all.forEach(folder -> {
                if (!keep.test(folder)) {
                    stale.add(folder);
                }
            });
        } catch (IOException e) {
            throw new TerraformException("The workspaces in " + base + " can't be listed; check the folder's owner", e);
        }
        stale.forEach(folder -> {
            Orphans.kill(folder);
            PrivateFolders.delete(folder);
        });
        return stale.size();
    }

    private static String name(String repository, String stack) {
        String slug =
                stack.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut = slug.length() > SLUG_LENGTH ? slug.substring(slug.length() - SLUG_LENGTH) : slug;
        String id = repository.length() + ":" + repository + stack;
        return (cut.isEmpty() ? "stack" : cut.replaceAll("^-", "")) + "-"
                + hash(id.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
