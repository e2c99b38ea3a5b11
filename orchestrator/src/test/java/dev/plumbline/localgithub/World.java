package dev.plumbline.localgithub;

import dev.plumbline.localforge.BareRepository;
import dev.plumbline.localforge.Refusal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** Everything that is kept: accounts, teams, Apps and repositories. One caller at a time. */
final class World {
    private final Path folder;
    private final Clock clock;
    private final AtomicLong ids = new AtomicLong(1_000);
    private final Map<String, Account> accounts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Repository> repositories = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Set<String>> teams = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<Long, App> apps = new LinkedHashMap<>();
    private final Map<Long, Hook> appHooks = new LinkedHashMap<>();
    private final List<Delivered> deliveries = new ArrayList<>();

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

    Account account(String login, Account.Kind kind) {
        return accounts.computeIfAbsent(login, name -> new Account(nextId(), name, kind));
    }

    Optional<Account> account(String login) {
        return Optional.ofNullable(accounts.get(login));
    }

    /** Who made a commit, by the address in it. */
    Optional<Account> byEmail(String email) {
        return accounts.values().stream()
                .filter(account -> account.email().equals(email.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    void app(App app) {
        apps.put(app.id(), app);
    }

    void appHook(String slug, Hook hook) {
        apps.values().stream().filter(app -> app.slug().equals(slug)).forEach(app -> appHooks.put(app.id(), hook));
    }

    Optional<Hook> appHook(App app) {
        return Optional.ofNullable(appHooks.get(app.id()));
    }

    void delivered(Delivered delivery) {
        deliveries.add(0, delivery);
    }

    /** What was sent to a listener, the newest first. */
    List<Delivered> delivered(long hook) {
        return deliveries.stream().filter(one -> one.hook() == hook).toList();
    }

    /** Where an App hears what happens to an account's repositories, with the installation that it is. */
    Map<Hook, Long> appHooks(Account owner) {
        Map<Hook, Long> hooks = new LinkedHashMap<>();
        for (App app : apps.values()) {
            Hook hook = appHooks.get(app.id());
            Long installation = app.installations().get(owner.login());
            if (hook != null && installation != null) {
                hooks.put(hook, installation);
            }
        }
        return hooks;
    }

    /** @param team as {@code org/team} */
    Set<String> team(String team) {
        return teams.computeIfAbsent(team, name -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER));
    }

    boolean hasTeam(String team) {
        return teams.containsKey(team);
    }

    Repository repository(Account owner, String name, Optional<Repository> parent, boolean open) {
        Path place = folder.resolve(owner.login()).resolve(name + ".git");
        Repository made = new Repository(nextId(), owner, name, BareRepository.init(place), parent, open);
        repositories.put(made.fullName(), made);
        return made;
    }

    Repository repository(String fullName) {
        return Optional.ofNullable(repositories.get(fullName)).orElseThrow(Refusal::notFound);
    }

    Collection<Repository> repositories() {
        return List.copyOf(repositories.values());
    }

    /** Pull requests, of whatever repository, whose branch is that one. */
    List<Map.Entry<Repository, Pull>> openFrom(Repository from, String branch) {
        List<Map.Entry<Repository, Pull>> all = new ArrayList<>();
        for (Repository repository : repositories.values()) {
            repository.pulls().stream()
                    .filter(pull -> pull.open()
                            && pull.from().id() == from.id()
                            && pull.branch().equals(branch))
                    .forEach(pull -> all.add(Map.entry(repository, pull)));
        }
        return all;
    }
}
