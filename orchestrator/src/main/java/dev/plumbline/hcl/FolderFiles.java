package dev.plumbline.hcl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which files of a folder are code, and in which order: what overrides comes last, as Terraform merges it. */
final class FolderFiles {
    private FolderFiles() {}

    static boolean isCode(String path, Dialect dialect) {
        String name = lastName(path);
        if (name.startsWith(".") || name.endsWith("~") || (name.startsWith("#") && name.endsWith("#"))) {
            return false;
        }
        boolean terraform = name.endsWith(".tf") || name.endsWith(".tf.json");
        return terraform || (dialect == Dialect.OPENTOFU && isTofu(name));
    }

    static boolean isOverride(String name) {
        String stem = stem(name);
        return stem.equals("override") || stem.endsWith("_override");
    }

    static List<String> inOrder(Collection<String> names, Dialect dialect) {
        Set<String> code = new TreeSet<>(
                names.stream().filter(name -> isCode(name, dialect)).toList());
        if (dialect == Dialect.OPENTOFU) {
            Set.copyOf(code).stream()
                    .filter(FolderFiles::isTofu)
                    .forEach(name -> code.remove(name.replaceFirst("\\.tofu(\\.json)?$", ".tf$1")));
        }
        List<String> ordered = new ArrayList<>();
        code.stream().filter(name -> !isOverride(name)).forEach(ordered::add);
        code.stream().filter(FolderFiles::isOverride).forEach(ordered::add);
        return ordered;
    }

    private static boolean isTofu(String name) {
        return name.endsWith(".tofu") || name.endsWith(".tofu.json");
    }

    private static String stem(String name) {
        return lastName(name).replaceFirst("\\.(tf|tofu)(\\.json)?$", "");
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
