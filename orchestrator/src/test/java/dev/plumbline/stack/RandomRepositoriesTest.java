package dev.plumbline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.TreeEntry;
import dev.plumbline.stack.AffectedStack.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Generated repositories, edited at random: the impact is compared with what comparing all exported bytes would say. */
class RandomRepositoriesTest {
    private static final int REPOSITORIES = 150;
    private static final int EDITS = 6;

    @Test
    void the_impact_is_what_comparing_the_exported_bytes_says() {
        int changes = 0;
        for (int seed = 0; seed < REPOSITORIES; seed++) {
            Random random = new Random(seed);
            StackCatalogReader reader = new StackCatalogReader(List.of());
            MemoryTree before = repository(random);
            for (int edit = 0; edit < EDITS; edit++) {
                MemoryTree after = edited(before, random);
                StackCatalog old = reader.read("main", before);
                StackCatalog now = reader.read("main", after);
                List<AffectedStack> affected = ChangeImpact.between(old, now);
                String place = "seed " + seed + ", edit " + edit;
                assertThat(ids(affected, Kind.CHANGED)).as(place).isEqualTo(naivelyChanged(old, before, now, after));
                assertThat(ids(affected, Kind.ADDED, Kind.MOVED)).as(place).isEqualTo(onlyIn(now, old));
                SortedSet<StackId> left = ids(affected, Kind.REMOVED, Kind.RELEASED);
                affected.forEach(each -> each.movedFrom().ifPresent(left::add));
                assertThat(left).as(place).isEqualTo(onlyIn(old, now));
                // What the reader remembers from other trees must not show.
                StackCatalog fresh = StackCatalog.read("main", after);
                assertThat(fresh.stacks()).as(place).isEqualTo(now.stacks());
                assertThat(fresh.problems()).as(place).isEqualTo(now.problems());
                assertThat(fresh.graph().order())
                        .as(place)
                        .isEqualTo(now.graph().order());
                fresh.stacks()
                        .keySet()
                        .forEach(id -> assertThat(fresh.lines(id)).as(place).isEqualTo(now.lines(id)));
                assertThat(ChangeImpact.between(StackCatalog.read("main", before), fresh))
                        .as(place)
                        .isEqualTo(affected);
                changes += affected.size();
                before = after;
            }
        }
        assertThat(changes).isGreaterThan(REPOSITORIES);
    }

    private static MemoryTree repository(Random random) {
        MemoryTree tree = MemoryTree.empty();
        int modules = random.nextInt(8);
        for (int i = 0; i < modules; i++) {
            String call = i > 0 && random.nextBoolean() ? call("../m" + random.nextInt(i)) : "";
            tree.put("modules/m" + i + "/main.tf", TreeEntry.Mode.FILE, call + reads(random));
            tree.put("modules/m" + i + "/t.tpl", TreeEntry.Mode.FILE, "t" + random.nextInt());
        }
        for (int i = 0; i < 5; i++) {
            tree.put("shared/f" + i, TreeEntry.Mode.FILE, "f" + random.nextInt());
        }
        int stacks = 1 + random.nextInt(50);
        for (int i = 0; i < stacks; i++) {
            String folder = (random.nextInt(4) == 0 ? "stacks/s" + random.nextInt(stacks) + "/" : "stacks/") + "s" + i;
            int up = folder.split("/").length;
            String call = modules > 0 && random.nextBoolean()
                    ? call("../".repeat(up) + "modules/m" + random.nextInt(modules))
                    : "";
            tree.put(folder + "/main.tf", TreeEntry.Mode.FILE, call + "# " + random.nextInt() + "\n# same\n");
            if (random.nextInt(3) == 0) {
                tree.put(folder + "/stack.yaml", TreeEntry.Mode.FILE, "watch: [/shared/f" + random.nextInt(5) + "]\n");
            }
        }
        return tree;
    }

    private static String call(String source) {
        return "module \"m\" {\n  source = \"" + source + "\"\n}\n";
    }

    private static String reads(Random random) {
        return "locals {\n  a = file(\"${path.module}/../../shared/f" + random.nextInt(6) + "\")\n}\n";
    }

    private static MemoryTree edited(MemoryTree tree, Random random) {
        List<TreeEntry> all = tree.below("");
        TreeEntry one = all.get(random.nextInt(all.size()));
        switch (random.nextInt(9)) {
            case 0:
                return tree.with(one.path(), text(tree, one) + "# e\n");
            case 1:
                return all.size() > 3 ? tree.without(one.path()) : tree;
            case 2:
                return tree.with(one.folder() + "/new" + random.nextInt(9), "");
            case 3:
                return tree.with("stacks/n" + random.nextInt(9) + "/main.tf", "# n\n");
            case 4:
                return one.folder().startsWith("stacks/")
                        ? tree.moved(one.folder(), "stacks/moved" + random.nextInt(99))
                        : tree;
            case 5:
                return one.path().endsWith(".tf") ? tree.with(one.path(), said(random)) : tree;
            case 6:
            case 7:
                return tree.with(one.path(), "# other\n" + text(tree, one));
            default:
                return tree.withExecutable(one.path());
        }
    }

    private static String text(MemoryTree tree, TreeEntry entry) {
        return new String(tree.read(entry), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Code that calls, reads and declares other things than before. */
    private static String said(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> call("../../modules/m" + random.nextInt(8));
            case 1 -> reads(random);
            case 2 -> "output \"o\" {\n  value = 1\n}\nvariable \"v\" {}\n";
            case 3 -> "terraform {\n  backend \"s3\" {\n    bucket = \"b\"\n    key = \"k\"\n  }\n}\n";
            default -> "resource \"aws_vpc\" \"v\" {\n";
        };
    }

    private static SortedSet<StackId> naivelyChanged(
            StackCatalog old, MemoryTree before, StackCatalog now, MemoryTree after) {
        SortedSet<StackId> changed = new TreeSet<>();
        now.stacks()
                .forEach((id, stack) -> old.find(id)
                        .filter(earlier -> !exported(earlier, before).equals(exported(stack, after)))
                        .ifPresent(earlier -> changed.add(id)));
        return changed;
    }

    private static Map<String, List<Object>> exported(Stack stack, MemoryTree tree) {
        Map<String, List<Object>> files = new HashMap<>();
        stack.closure()
                .entries()
                .forEach(entry -> files.put(
                        entry.path(),
                        new ArrayList<>(
                                List.of(entry.mode(), Arrays.hashCode(tree.read(entry)), tree.read(entry).length))));
        return files;
    }

    private static SortedSet<StackId> ids(List<AffectedStack> affected, Kind... kinds) {
        return affected.stream()
                .filter(each -> List.of(kinds).contains(each.kind()))
                .map(AffectedStack::stack)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<StackId> onlyIn(StackCatalog here, StackCatalog there) {
        return here.stacks().keySet().stream()
                .filter(id -> there.find(id).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
