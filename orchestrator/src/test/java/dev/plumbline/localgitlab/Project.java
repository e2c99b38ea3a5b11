package dev.plumbline.localgitlab;

import dev.plumbline.localforge.BareRepository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project and what hangs on it. */
final class Project {
    static final String DEFAULT_BRANCH = "main";

    private final long id;
    private final String path;
    private final BareRepository git;
    private final Optional<Project> parent;
    private final boolean open;
    private final List<MergeRequest> mergeRequests = new ArrayList<>();
    private final List<Status> statuses = new ArrayList<>();
    private final List<Movement> movements = new ArrayList<>();
    private final List<Deployment> deployments = new ArrayList<>();
    private final List<Hook> hooks = new ArrayList<>();
    private final Map<String, Level> members = new HashMap<>();
    private boolean needsPipeline;
    private boolean fastForward;

    /**
     * @param parent of which it is a fork
     * @param open whether everybody may read it
     */
    Project(long id, String path, BareRepository git, Optional<Project> parent, boolean open) {
        this.id = id;
        this.path = path;
        this.git = git;
        this.parent = parent;
        this.open = open;
    }

    long id() {
        return id;
    }

    /** With its groups, {@code team/infra}. */
    String path() {
        return path;
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String group() {
        return path.substring(0, path.lastIndexOf('/'));
    }

    BareRepository git() {
        return git;
    }

    Optional<Project> parent() {
        return parent;
    }

    boolean open() {
        return open;
    }

    List<MergeRequest> mergeRequests() {
        return mergeRequests;
    }

    MergeRequest mergeRequest(long iid) {
        return mergeRequests.stream()
                .filter(each -> each.iid() == iid)
                .findFirst()
                .orElseThrow(Refusals::notFound);
    }

    List<Status> statuses() {
        return statuses;
    }

    List<Movement> movements() {
        return movements;
    }

    List<Deployment> deployments() {
        return deployments;
    }

    List<Hook> hooks() {
        return hooks;
    }

    Hook hook(long wanted) {
        return hooks.stream().filter(hook -> hook.id() == wanted).findFirst().orElseThrow(Refusals::notFound);
    }

    Map<String, Level> members() {
        return members;
    }

    /** Only maintainers merge into it, as GitLab begins with. */
    boolean isProtected(String branch) {
        return branch.equals(DEFAULT_BRANCH);
    }

    /** Whether nothing is merged before the pipeline of its head has passed. */
    boolean needsPipeline() {
        return needsPipeline;
    }

    void needsPipeline(boolean wanted) {
        needsPipeline = wanted;
    }

    /** Whether merges make no commit of their own. */
    boolean fastForward() {
        return fastForward;
    }

    void fastForward(boolean wanted) {
        fastForward = wanted;
    }
}
