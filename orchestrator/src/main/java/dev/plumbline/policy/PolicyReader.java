package dev.plumbline.policy;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.PolicyConfig;
import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeEntry;
import dev.plumbline.terraform.plan.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the policies of one tree: the files {@code policies/*.yaml} and {@code policies/*.yml} at its root. */
final class PolicyReader {
    static final String FOLDER = "policies";
    /** One more than a configuration file may have, so that its reader says so. */
    private static final int LONGEST = (1 << 20) + 1;

    private final SourceTree tree;
    private final List<Policy> policies = new ArrayList<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    PolicyReader(SourceTree tree) {
        this.tree = tree;
    }

    /** @param id of the folder */
    Policies read(String id) {
        tree.find(FOLDER)
                .filter(entry -> entry.mode() == TreeEntry.Mode.LINK || entry.mode() == TreeEntry.Mode.SUBMODULE)
                .ifPresent(this::elsewhere);
        Map<String, String> files = new HashMap<>();
        for (TreeEntry entry : tree.below(FOLDER)) {
            if (!entry.folder().equals(FOLDER) || !yaml(entry.name())) {
                continue;
            }
            String other = files.putIfAbsent(name(entry.path()), entry.path());
            if (other != null) {
                problem(entry, "another policy has the same name: " + other + "; rename one of them");
            } else if (entry.mode() == TreeEntry.Mode.FILE || entry.mode() == TreeEntry.Mode.EXECUTABLE) {
                file(entry);
            } else {
                elsewhere(entry);
            }
        }
        return new Policies(id, policies, problems);
    }

    /** The file's name without folder and ending. */
    static String name(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return yaml(name) ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private static boolean yaml(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml");
    }

    private void elsewhere(TreeEntry entry) {
        problem(entry, "what stands here is in another place, where nobody reads it; put it here itself");
    }

    private void problem(TreeEntry entry, String message) {
        problems.add(new ConfigProblem(entry.path(), 1, 1, message));
    }

    private void file(TreeEntry entry) {
        ConfigFile<PolicyConfig> file = ConfigReader.policy(entry.path(), content(entry));
        problems.addAll(file.problems());
        List<Rule> rules = new ArrayList<>();
        rules.addAll(rules(file, "refuse", Severity.REFUSES, file.value().refuse()));
        rules.addAll(rules(file, "warn", Severity.WARNS, file.value().warn()));
        policies.add(new Policy(
                name(entry.path()), file.value().title(), file.value().stacks(), rules));
    }

    private List<Rule> rules(
            ConfigFile<PolicyConfig> file, String key, Severity severity, List<PolicyConfig.Rule> configs) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            List<Condition> where = new ArrayList<>();
            String place = key + "[" + i + "].where.";
            new TreeMap<>(configs.get(i).where()).forEach((path, value) -> {
                try {
                    Path parsed = AttributePath.parse(path);
                    where.add(new Condition(parsed, value));
                } catch (IllegalArgumentException none) {
                    problems.add(file.problemAt(place + path, String.valueOf(none.getMessage())));
                }
            });
            rules.add(new Rule(severity, configs.get(i), where));
        }
        return rules;
    }

    private byte[] content(TreeEntry entry) {
        try (InputStream in = tree.open(entry)) {
            return in.readNBytes(LONGEST);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + entry.path(), e);
        }
    }
}
