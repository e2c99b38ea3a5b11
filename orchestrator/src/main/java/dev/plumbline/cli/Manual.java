package dev.plumbline.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help is laid out: commands in groups, and an example for each of them. */
final class Manual {
    private static final Map<String, List<String>> GROUPS = groups();
    private static final Map<String, String> EXAMPLES = examples();

    private Manual() {}

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Look", List.of("status", "why", "changes", "change", "runs", "logs", "history"));
        groups.put("Act", List.of("approve", "apply", "cancel", "retry", "revert", "fetch", "drift", "state"));
        groups.put("Server", List.of("serve", "forge", "token", "login", "whoami", "git-credential"));
        groups.put("In a checkout, without a server", List.of("init", "check", "stacks", "plan"));
        groups.put("This machine", List.of("doctor", "demo", "benchmark", "completion"));
        return groups;
    }

    private static Map<String, String> examples() {
        return Map.ofEntries(
                Map.entry("status", "plumbline status --json"),
                Map.entry("why", "plumbline why network"),
                Map.entry("changes", "plumbline changes --all"),
                Map.entry("change", "plumbline change 3 --markdown"),
                Map.entry("runs", "plumbline runs network"),
                Map.entry("logs", "plumbline logs r12 -f"),
                Map.entry("history", "plumbline history network"),
                Map.entry("approve", "plumbline approve network '#3'"),
                Map.entry("apply", "plumbline apply dns --no-wait"),
                Map.entry("cancel", "plumbline cancel r12"),
                Map.entry("retry", "plumbline retry --all"),
                Map.entry("revert", "plumbline revert '#3'"),
                Map.entry("fetch", "plumbline fetch"),
                Map.entry("drift", "plumbline drift check"),
                Map.entry("drift check", "plumbline drift check dns"),
                Map.entry("state", "plumbline state list network"),
                Map.entry("state list", "plumbline state list network"),
                Map.entry("state show", "plumbline state show network"),
                Map.entry("state versions", "plumbline state versions network"),
                Map.entry("state pull", "plumbline state pull network > network.tfstate"),
                Map.entry("state push", "plumbline state push network terraform.tfstate"),
                Map.entry("state mv", "plumbline state mv network aws_vpc.old aws_vpc.main"),
                Map.entry("state rm", "plumbline state rm network aws_vpc.old"),
                Map.entry("state rollback", "plumbline state rollback network 12"),
                Map.entry("state migrate", "plumbline state migrate network"),
                Map.entry("serve", "plumbline serve --config server.yaml --log json"),
                Map.entry("forge", "plumbline forge check --config server.yaml"),
                Map.entry("forge check", "plumbline forge check work --fix --config server.yaml"),
                Map.entry("token", "plumbline token create ada --role push"),
                Map.entry("token create", "plumbline token create ada --role push"),
                Map.entry("token list", "plumbline token list"),
                Map.entry("token revoke", "plumbline token revoke ada"),
                Map.entry("login", "plumbline login"),
                Map.entry("whoami", "plumbline whoami"),
                Map.entry("git-credential", "git config --global credential.helper '!plumbline git-credential'"),
                Map.entry("init", "plumbline init --stdout"),
                Map.entry("check", "plumbline check --config server.yaml"),
                Map.entry("stacks", "plumbline stacks --changed main..HEAD"),
                Map.entry("plan", "plumbline plan network"),
                Map.entry("doctor", "plumbline doctor --json"),
                Map.entry("demo", "plumbline demo --keep"),
                Map.entry("benchmark", "plumbline benchmark"),
                Map.entry("completion", "source <(plumbline completion bash)"));
    }

    /** Lays out the help of a command line with all of its commands. */
    static void write(CommandLine line) {
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Manual::list);
        line.getSubcommands().forEach((name, command) -> example(name, command));
    }

    private static void example(String path, CommandLine command) {
        String example = EXAMPLES.get(path);
        if (example != null) {
            List<String> footer = new ArrayList<>(List.of("", "Example: " + example.replace("%", "%%")));
            UsageMessageSpec usage = command.getCommandSpec().usageMessage();
            footer.addAll(List.of(usage.footer()));
            usage.footer(footer.toArray(String[]::new));
        }
        command.getSubcommands().forEach((name, below) -> example(path + " " + name, below));
    }

    private static String list(Help help) {
        Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
        StringBuilder text = new StringBuilder();
        GROUPS.forEach((title, names) -> {
            Map<String, Help> group = new LinkedHashMap<>();
            for (String name : names) {
                Help found = left.remove(name);
                if (found != null) {
                    group.put(name, found);
                }
            }
            text.append(group(title, group, help));
        });
        return text.append(group("More", left, help)).toString();
    }

    private static String group(String title, Map<String, Help> commands, Help help) {
        return commands.isEmpty()
                ? ""
                : help.colorScheme().text("\n@|bold " + title + ":|@\n") + help.commandList(commands);
    }
}
