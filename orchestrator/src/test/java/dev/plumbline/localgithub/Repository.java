package dev.plumbline.localgithub;

import dev.plumbline.localforge.BareRepository;
import dev.plumbline.localforge.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A repository and what hangs on it. */
final class Repository {
    static final String DEFAULT_BRANCH = "main";

    private final long id;
    private final Account owner;
    private final String name;
    private final BareRepository git;
    private final Optional<Repository> parent;
    private final boolean open;
    private boolean strict;
    private final List<Pull> pulls = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private final List<CommitNote.Status> statuses = new ArrayList<>();
    private final List<CommitNote.CheckRun> checks = new ArrayList<>();
    private final List<CommitNote.Deployment> deployments = new ArrayList<>();
    private final List<Movement> movements = new ArrayList<>();
    private final List<Hook> hooks = new ArrayList<>();
    private final Map<String, Role> roles = new HashMap<>();
    private final Set<String> requiredStatuses = new HashSet<>();

    /**
     * @param parent of which it is a fork
     * @param open whether everybody may read it
     */
    Repository(long id, Account owner, String name, BareRepository git, Optional<Repository> parent, boolean open) {
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.git = git;
        this.parent = parent;
        this.open = open;
    }

    long id() {
        return id;
    }

    Account owner() {
        return owner;
    }

    String name() {
        return name;
    }

    String fullName() {
        return owner.login() + "/" + name;
    }

    BareRepository git() {
        return git;
    }

    Optional<Repository> parent() {
        return parent;
    }

    boolean open() {
        return open;
    }

    List<Pull> pulls() {
        return pulls;
    }

    Pull pull(long number) {
        return pulls.stream()
                .filter(pull -> pull.number() == number)
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    List<Comment> comments() {
        return comments;
    }

    Comment comment(long wanted) {
        return comments.stream()
                .filter(comment -> comment.id() == wanted)
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    List<CommitNote.Status> statuses() {
        return statuses;
    }

    List<CommitNote.CheckRun> checks() {
        return checks;
    }

    List<CommitNote.Deployment> deployments() {
        return deployments;
    }

    List<Movement> movements() {
        return movements;
    }

    List<Hook> hooks() {
        return hooks;
    }

    /** Whether a branch must have all that its base has before it is merged. */
    boolean strict() {
        return strict;
    }

    void strict(boolean now) {
        strict = now;
    }

    /** Statuses without which nothing is merged. */
    Set<String> requiredStatuses() {
        return requiredStatuses;
    }

    void role(Account account, Role role) {
        roles.put(account.login(), role);
    }

    Role role(Account account) {
        return account.login().equals(owner.login())
                ? Role.ADMIN
                : Optional.ofNullable(roles.get(account.login())).orElse(open ? Role.READ : Role.NONE);
    }
}
