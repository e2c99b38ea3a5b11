package dev.plumbline.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What must hold between the keys of {@code forges} and {@code repositories}. */
final class ForgeRules {
    private static final Pattern SCP = Pattern.compile("(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9][A-Za-z0-9._-]*:(?!//).*");
    private static final Pattern SCHEME = Pattern.compile("(?i)(https?|ssh|file)://.+");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*(?<!\\.git)");
    /** A key in base64, in whole groups of four. */
    private static final Pattern COMMAND = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

    private static final Pattern SIGNING = Pattern.compile("whsec_(?=(.{4})+$)[A-Za-z0-9+/]+={0,2}");

    private static final Pattern NO_BRANCH =
            Pattern.compile("^[-/.]|refs/|[\\s~^:?*\\[\\\\\\p{Cntrl}]|\\.\\.|@\\{|//|[/.]$|\\.lock$");

    private final ConfigFile<ServerConfig> file;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ForgeRules(ConfigFile<ServerConfig> file) {
        this.file = file;
    }

    static List<ConfigProblem> problems(ConfigFile<ServerConfig> file) {
        ForgeRules rules = new ForgeRules(file);
        rules.look();
        return rules.problems;
    }

    private void look() {
        Map<String, ForgeConfig> known = new TreeMap<>();
        for (int i = 0; i < file.value().forges().size(); i++) {
            ForgeConfig forge = file.value().forges().get(i);
            forge("forges[" + i + "]", forge);
            if (!forge.name().isEmpty() && known.put(forge.name(), forge) != null) {
                problem("forges[" + i + "].name", "two forges are called '" + forge.name() + "'");
            }
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < file.value().repositories().size(); i++) {
            MirroredRepository repository = file.value().repositories().get(i);
            repository("repositories[" + i + "]", repository, known);
            if (!repository.name().isEmpty() && !names.add(repository.name())) {
                problem(
                        "repositories[" + i + "].name",
                        "two repositories are called '" + repository.name()
                                + "'; on one server each needs its own name");
            }
        }
    }

    private void forge(String at, ForgeConfig forge) {
        require(at, "name", "how repositories name it");
        require(at, "kind", String.join(" or ", RecordReader.words(ForgeConfig.Kind.class)));
        if (!require(at, "url", "below which its repositories are")) {
            return;
        }
        if (forge.url().isEmpty()) {
            return;
        }
        Optional<String> fault = faultOfUrl(forge.url());
        if (fault.isPresent()) {
            problem(at + ".url", fault.get());
            return;
        }
        if (forge.token().isPresent() && forge.password().isPresent()) {
            problem(at + ".token", "give a token or a password, not both");
        }
        app(at, forge);
        boolean password = forge.token().isPresent() || forge.password().isPresent();
        if (password && forge.transport() != ForgeConfig.Transport.HTTP) {
            problem(at + ".url", "a token or password is for http and https; ssh takes ssh_key, a path takes nothing");
        }
        if (forge.username().isPresent() && !password) {
            problem(at + ".username", "a username needs a password or a token");
        }
        if ((forge.sshKey().isPresent() || forge.knownHosts().isPresent())
                && forge.transport() != ForgeConfig.Transport.SSH) {
            problem(
                    at + ".url",
                    "ssh_key and known_hosts are for ssh: give ssh://user@host/folder or user@host:folder");
        }
        if (forge.kind().pulls()) {
            pulls(at, forge);
        } else {
            git(at);
        }
        secrets(at, forge);
    }

    private void git(String at) {
        if (file.positions().containsKey(at + ".webhook_secret")) {
            problem(at + ".webhook_secret", "plain Git sends no webhooks: it is polled, see 'poll'");
        }
        if (file.positions().containsKey(at + ".command")) {
            problem(at + ".command", "plain Git has no comments in which commands could stand");
        }
    }

    private void pulls(String at, ForgeConfig forge) {
        if (forge.transport() != ForgeConfig.Transport.HTTP) {
            problem(at + ".url", "a forge with pull requests is reached by its API: give its http or https address");
        }
        if (forge.token().isEmpty() && !forge.app().given() && !file.positions().containsKey(at + ".token")) {
            problem(
                    at,
                    "'token' is missing: the API of the forge asks for one"
                            + (forge.kind() == ForgeConfig.Kind.GITHUB
                                    ? ", or for an 'app' with id and private_key"
                                    : ""));
        }
        forge.webhookSecret()
                .filter(secret -> forge.kind() == ForgeConfig.Kind.GITLAB && secret.startsWith("whsec_"))
                .filter(secret -> !SIGNING.matcher(secret).matches())
                .ifPresent(secret -> problem(
                        at + ".webhook_secret",
                        "'webhook_secret' begins as a signing token does, but is none: copy all of it"));
        if (!COMMAND.matcher(forge.command()).matches()) {
            problem(
                    at + ".command",
                    "'command' is one word of letters, digits, - and _, such as acme-plumbline: comments begin with it");
        }
        if (file.positions().containsKey(at + ".notes")) {
            problem(at + ".notes", "'notes' is for forges of kind git: elsewhere plans stand on pull requests");
        }
    }

    private void app(String at, ForgeConfig forge) {
        if (!forge.app().given()) {
            return;
        }
        if (forge.kind() != ForgeConfig.Kind.GITHUB) {
            problem(at + ".app", "'app' is for forges of kind github");
        } else if (forge.token().isPresent() || forge.password().isPresent()) {
            problem(at + ".app", "give a token or an app, not both");
        } else if (forge.app().id().isEmpty() || forge.app().privateKey().isEmpty()) {
            problem(at + ".app", "an app needs both id and private_key");
        }
        privateKey(at + ".app.private_key", forge.app().privateKey());
    }

    private void privateKey(String at, Optional<String> key) {
        String name = at.substring(at.lastIndexOf('.') + 1);
        key.filter(text -> !text.contains("PRIVATE KEY"))
                .ifPresent(text -> problem(
                        at, "'" + name + "' is the private key itself, not where it is: \"${file:/path/to/key}\""));
    }

    private void secrets(String at, ForgeConfig forge) {
        privateKey(at + ".ssh_key", forge.sshKey());
        forge.knownHosts()
                .filter(hosts -> hosts.startsWith("/") && !hosts.contains(" "))
                .ifPresent(hosts -> problem(
                        at + ".known_hosts", "'known_hosts' is the file's text, not where it is: \"${file:/path}\""));
        Map.of(
                        "token",
                        forge.token(),
                        "password",
                        forge.password(),
                        "username",
                        forge.username(),
                        "webhook_secret",
                        forge.webhookSecret())
                .forEach((key, value) -> value.filter(text -> text.isEmpty() || text.matches("(?s).*[\\r\\n\\x00].*"))
                        .ifPresent(text -> problem(at + "." + key, "'" + key + "' is empty or has several lines")));
    }

    private static Optional<String> faultOfUrl(String url) {
        if (url.startsWith("/")) {
            return Optional.empty();
        }
        if (SCHEME.matcher(url).matches()) {
            return password(url)
                    ? Optional.of("a password in the url would be shown: put it into 'password' or 'token'")
                    : Optional.empty();
        }
        return SCP.matcher(url).matches()
                ? Optional.empty()
                : Optional.of("'url' expects an address that Git takes, such as https://git.example.com/team,"
                        + " git@host:team or /srv/git");
    }

    private static boolean password(String url) {
        try {
            String user = URI.create(url).getRawUserInfo();
            boolean web = url.toLowerCase(Locale.ROOT).startsWith("http");
            return user != null && (web || user.contains(":"));
        } catch (IllegalArgumentException notOne) {
            return url.matches("[a-z]+://[^/]*@.*") && url.startsWith("http");
        }
    }

    private void repository(String at, MirroredRepository repository, Map<String, ForgeConfig> known) {
        if (require(at, "forge", "the name of a forge") && !known.containsKey(repository.forge())) {
            problem(
                    at + ".forge",
                    "there is no forge '" + repository.forge() + "'" + Nearest.hint(repository.forge(), known.keySet())
                            + " (forges: " + String.join(", ", known.keySet()) + ")");
        }
        if (require(at, "name", "its name there")) {
            name(at, repository.name());
        }
        repository
                .branch()
                .filter(branch -> branch.isEmpty() || NO_BRANCH.matcher(branch).find())
                .ifPresent(branch -> problem(
                        at + ".branch", "'" + branch + "' can't be a branch's name; write it without refs/heads/"));
        repository
                .path()
                .filter(path -> path.isEmpty() || path.startsWith("/") || path.contains(".."))
                .ifPresent(path -> problem(at + ".path", "'path' is below the forge's url, as in _git/infra"));
    }

    private void name(String at, String name) {
        if (name.contains("*") || name.contains("?")) {
            problem(
                    at + ".name",
                    "a forge of kind git can't list its repositories, so '" + name + "' finds none: name each of them");
        } else if (!NAME.matcher(name).matches()) {
            problem(
                    at + ".name",
                    "'" + name + "' can't name a repository: use letters, digits and . _ -, each part"
                            + " beginning with a letter or digit, and leave .git out");
        }
    }

    private boolean require(String at, String key, String what) {
        if (file.positions().containsKey(at + "." + key)) {
            return true;
        }
        problem(at, "'" + key + "' is missing: " + what);
        return false;
    }

    private void problem(String at, String message) {
        problems.add(file.problemAt(at, message));
    }
}
