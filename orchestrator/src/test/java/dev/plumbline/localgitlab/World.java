package dev.plumbline.localgitlab;

import dev.plumbline.localforge.BareRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Everything that is kept: accounts, groups and projects. One caller at a time. */
final class World {
    private final Path folder;
    private final Clock clock;
    private final AtomicLong ids = new AtomicLong(1_000);
    private final Map<String, Account> accounts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<Account> blocked = new HashSet<>();
    private final Map<String, Project> projects = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Map<String, Level>> groups = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    World(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    Account account(String username, String name, String publicEmail) {
        return accounts.computeIfAbsent(username, given -> new Account(nextId(), given, name, publicEmail));
    }

    Account account(String username) {
        return Optional.ofNullable(accounts.get(username)).orElseThrow(Refusals::notFound);
    }

    Account account(long id) {
        return accounts.values().stream()
                .filter(account -> account.id() == id)
                .findFirst()
                .orElseThrow(Refusals::notFound);
    }

    void block(Account account) {
        blocked.add(account);
    }

    boolean isBlocked(Account account) {
        return blocked.contains(account);
    }

    Collection<Account> accounts() {
        return accounts.values();
    }

    /** @param path with those above it */
    Map<String, Level> group(String path) {
        return groups.computeIfAbsent(path, made -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
    }

    boolean hasGroup(String path) {
        return groups.containsKey(path);
    }

    /** What somebody is in a group, by it or by one above it. */
    Level level(String group, Account account) {
        Level level = Level.NONE;
        for (String path = group; !path.isEmpty(); path = path.replaceFirst("(^|/)[^/]*$", "")) {
            level = higher(level, groups.getOrDefault(path, Map.of()).get(account.username()));
        }
        return level;
    }

    Level level(Project project, Account account) {
        Level own = project.group().equals(account.username()) ? Level.OWNER : level(project.group(), account);
        return higher(own, project.members().get(account.username()));
    }

    private static Level higher(Level one, @Nullable Level other) {
        return other == null || one.atLeast(other) ? one : other;
    }

    Project project(String path, Optional<Project> parent, boolean open) {
        Project made = new Project(nextId(), path, BareRepository.init(folder.resolve(path + ".git")), parent, open);
        projects.put(path, made);
        return made;
    }

    /** @param name its number, or its path */
    Project project(String name) {
        return projects.values().stream()
                .filter(project -> String.valueOf(project.id()).equals(name)
                        || project.path().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Refusals.notFound("Project"));
    }

    /** Merge requests, of whatever project, whose branch is that one. */
    List<Map.Entry<Project, MergeRequest>> openFrom(Project from, String branch) {
        List<Map.Entry<Project, MergeRequest>> all = new ArrayList<>();
        for (Project project : projects.values()) {
            project.mergeRequests().stream()
                    .filter(each -> each.open()
                            && each.from().id() == from.id()
                            && each.branch().equals(branch))
                    .forEach(each -> all.add(Map.entry(project, each)));
        }
        return all;
    }
}
