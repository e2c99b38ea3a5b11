package dev.plumbline.web;

import dev.plumbline.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the API answers, as records; their field names are the JSON's. Every string is already masked and free of control
 * characters. States are the words of the model: {@code queued}, {@code planning}, {@code awaiting-approval} and so on.
 */
public final class Views {
    private Views() {}

    /** Resources by what the plan does to them; a replacement counts once, as {@code replace}. */
    public record Counts(int add, int change, int destroy, int replace) {}

    /**
     * @param warnings promises this server can't keep here, each a sentence
     * @param openChanges all of them, newest first
     * @param alerts open divergences, each the line that was also logged
     * @param waiting what waits for a person, each with the command that moves it on
     */
    public record Status(
            String version,
            String url,
            Instant startedAt,
            List<Stack> stacks,
            List<Change> openChanges,
            List<Run> activeRuns,
            int queued,
            List<String> waiting,
            List<String> alerts,
            List<String> warnings,
            List<Remote> remotes) {}

    /**
     * A repository that lives elsewhere.
     *
     * @param address where; holds no credentials
     * @param branch the one that is applied
     * @param state {@code new}, {@code fine}, or what keeps it from being seen: {@code credentials}, {@code unreachable}, {@code limited},
     *     {@code gone}, {@code refused} or {@code here}
     * @param reason one sentence
     * @param since when that began; null where it is fine
     * @param nextAt when it is looked at again
     */
    public record Remote(
            String repository,
            String forge,
            String address,
            String branch,
            String state,
            String reason,
            @Nullable Instant seenAt,
            @Nullable Instant since,
            Instant nextAt) {}

    /**
     * @param id what people type for it on this server: its folder, prefixed by {@code repository:} where there are stacks of several
     * @param reason one sentence
     * @param drifted number of open divergences; null where drift was never checked
     */
    public record Stack(
            String id,
            String repository,
            String folder,
            String state,
            String reason,
            @Nullable String appliedCommit,
            @Nullable Instant appliedAt,
            @Nullable Integer drifted,
            @Nullable Instant driftCheckedAt,
            List<String> dependsOn) {}

    /**
     * A pull request, or a pushed branch of the built-in forge.
     *
     * @param pull null where it is none
     */
    public record Change(
            long number,
            String repository,
            String branch,
            String title,
            String author,
            String head,
            String state,
            String reason,
            List<ChangeStack> stacks,
            Instant updatedAt,
            @Nullable Pull pull) {

        /** As nobody can take it for another one. */
        public String qualified() {
            return repository + "#" + (pull == null ? number : pull.number());
        }
    }

    /**
     * @param stack as {@link Stack#id}
     * @param why the reason this stack is affected
     * @param state of the run; {@code waiting} while none was started, {@code refused} where a policy refuses its plan; once it is
     *     to be applied, that of what came of it
     * @param run {@code r123}; null while none was started
     * @param digest the change's digest, abbreviated; null while not planned
     */
    public record ChangeStack(
            String stack,
            String why,
            String state,
            @Nullable String run,
            @Nullable Counts counts,
            @Nullable String digest) {}

    /**
     * What is said of a commit that is about to become the default branch.
     *
     * @param pull the forge's number of the pull request
     * @param change as people type it; empty while there is none
     * @param verdict {@link #REVIEWED}, or {@link #WAITING} while it can't be told yet; what was not reviewed is refused instead
     * @param reason one sentence
     * @param stacks the folders that were compared
     */
    public record CommitCheck(
            String commit,
            String repository,
            long pull,
            String change,
            String verdict,
            String reason,
            List<String> stacks) {
        /** Merging it brings what was reviewed. */
        public static final String REVIEWED = "reviewed";
        /** Ask again in a few seconds. */
        public static final String WAITING = "waiting";
    }

    /** A change and its whole report. */
    public record ChangeDetail(Change change, String text, String markdown) {}

    /**
     * @param id {@code r123}
     * @param phase {@code plan}, {@code apply}, {@code drift} or {@code state}; after {@code destroy} where the stack is to go
     * @param change its number, where a change caused the run
     * @param changeId the same as people call it
     */
    public record Run(
            String id,
            String stack,
            String repository,
            String phase,
            String state,
            String reason,
            String commit,
            @Nullable Long change,
            @Nullable String changeId,
            @Nullable Counts counts,
            Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {

        /** The same run with another reason. */
        public Run because(String other) {
            return new Run(
                    id,
                    stack,
                    repository,
                    phase,
                    state,
                    other,
                    commit,
                    change,
                    changeId,
                    counts,
                    queuedAt,
                    startedAt,
                    endedAt);
        }
    }

    /**
     * @param text at most half a megabyte
     * @param next the offset to ask for next; only good for that
     * @param ended whether the run has ended and this was the last of it
     */
    public record LogChunk(String text, long next, boolean ended) {}

    /**
     * @param details what the sentence rests on: what holds the lane and the ways on, queue position, the differing attribute
     * @param origin the change that what was asked of it last came of; null where that was pushed to main, or is not known
     */
    public record Why(
            String stack,
            String state,
            String sentence,
            List<String> details,
            @Nullable Origin origin) {}

    /** @param pull null where it is none */
    public record Origin(
            long change, String title, @Nullable Pull pull) {}

    /**
     * What runs and what waits.
     *
     * @param plansAtOnce how many plans and drift checks this machine takes at the same time
     * @param runsAtOnce how many runs of all phases
     * @param running those that hold their stack's lane
     * @param waiting in the order in which they go; the reason says for what
     */
    public record Queue(int plansAtOnce, int runsAtOnce, List<Run> running, List<Run> waiting) {}

    /**
     * What an action would do to one target, if it was asked for now.
     *
     * @param target what to name, so that this and nothing else is done
     * @param sentence what will happen; or where it is refused, why
     * @param run the run it is about, {@code r12}; null where it is about none
     */
    public record Prospect(
            String target,
            boolean refused,
            String sentence,
            @Nullable String run,
            @Nullable String commit,
            @Nullable Counts counts) {}

    /** What can be asked for, and the least role that may ask for it on some target at least. */
    public enum Action {
        APPROVE(Role.APPROVE),
        APPLY(Role.APPROVE),
        CANCEL(Role.PUSH),
        RETRY(Role.PUSH),
        DRIFT_CHECK(Role.PUSH),
        /** Takes a merged change back, by another change. */
        REVERT(Role.PUSH),
        /** Looks now at repositories that live elsewhere. */
        FETCH(Role.PUSH);

        private final Role leastRole;

        Action(Role leastRole) {
            this.leastRole = leastRole;
        }

        public Role leastRole() {
            return leastRole;
        }

        /** As people type it. */
        public String word() {
            return this == DRIFT_CHECK ? "drift check" : name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param names stacks, {@code #12} or {@code r123}, as typed
     * @param all everything the action fits; then names is empty
     */
    public record Targets(List<String> names, boolean all) {}

    /**
     * What a client posts to act.
     *
     * @param names see {@link Targets}
     */
    public record Ask(@Nullable List<String> names, boolean all) {}

    /**
     * Logs a browser in as whoever asked for it.
     *
     * @param url works once
     * @param until and not later
     */
    public record LoginLink(String url, Instant until) {}

    /**
     * What every answer with a status of 400 or above holds.
     *
     * @param error what is wrong, and where
     * @param next what to do about it
     */
    public record Problem(String error, String next) {}

    /**
     * @param started a handle for each piece of work that was started or moved on
     * @param refused a sentence for each target that can't be acted on: what, why, what to do next
     */
    public record Acted(List<Outcome> started, List<String> refused) {}

    /**
     * @param handle names the work for {@link Operations#outcomes}
     * @param subject what people know it by, for example {@code stacks/network}
     * @param settled whether it has ended or waits for a person
     * @param succeeded meaningful once settled
     * @param changesPresent for drift checks: whether something diverged
     * @param message one sentence; below it, where a change could not be planned, the first lines of why
     */
    public record Outcome(
            String handle,
            String subject,
            String state,
            boolean settled,
            boolean succeeded,
            boolean changesPresent,
            String message) {}

    /**
     * Something that was done, or came of it.
     *
     * @param number later entries have higher ones
     * @param actor the name of the token; {@code plumbline} for what nobody asked for
     * @param kind {@code approve}, {@code state}, {@code token} and so on
     * @param subject {@code repository:folder}, {@code #12}, {@code r12}, or the name of a token or repository
     */
    public record HistoryEntry(long number, Instant at, String actor, String kind, String subject, String text) {}

    /**
     * A pull request.
     *
     * @param repository as this server calls it
     * @param number the forge's own
     * @param url its page; null where the forge names none that a browser opens
     */
    public record Pull(
            String repository, long number, @Nullable String url) {}

    /** A change as people call it, which is how a pull request is called where it lives. */
    public static String called(long change, @Nullable Pull pull) {
        return pull == null ? "#" + change : pull.repository() + "#" + pull.number();
    }

    /**
     * One apply of a stack, with all who had a hand in it.
     *
     * @param run {@code r123}
     * @param at when it ended; until then, when it was asked for
     * @param state as a run's
     * @param commit main's; the pull request's head where that is applied before it is merged
     * @param early whether it was applied before its merge
     * @param bypassed whether its merge lacked approvals that main asked for
     * @param by who merged it, pushed it to main, or asked for it before its merge
     * @param approvedBy nobody where the merge was enough
     * @param digest the change's, abbreviated; null where its plan is not known any more
     * @param change its number; null where it was pushed to main as nobody had seen it
     * @param title the change's; null where there is none
     * @param toTakeBack the command that takes it back
     */
    public record Apply(
            String run,
            String stack,
            Instant at,
            String state,
            String reason,
            boolean destroy,
            String commit,
            boolean early,
            boolean bypassed,
            String by,
            List<String> approvedBy,
            @Nullable String digest,
            @Nullable Counts counts,
            @Nullable Long change,
            @Nullable String title,
            @Nullable Pull pull,
            String toTakeBack) {}

    /** Who the asking token belongs to, and what it may do. */
    public record Whoami(String name, String role) {}

    /**
     * @param role {@code read}, {@code push}, {@code approve} or {@code admin}
     * @param state {@code live}, {@code expired} or {@code revoked}
     * @param expiresAt null for never
     * @param lastUsedAt to within an hour; null while it was never used
     */
    public record Token(
            String name,
            String role,
            String state,
            Instant createdAt,
            String createdBy,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {}

    /** @param secret the token itself; it can't be asked for again */
    public record NewToken(Token token, String secret) {
        @Override
        public String toString() {
            return "NewToken[token=" + token + "]";
        }
    }

    /**
     * What a client posts to make a token.
     *
     * @param expires {@code 30d}, {@code 12h} or the last day on which it works, as {@code 2027-01-31}; null for never
     */
    public record TokenAsk(
            @Nullable String name,
            @Nullable String role,
            @Nullable String expires) {}

    /** What an admin does with a state. */
    public enum StateAction {
        MV,
        RM,
        ROLLBACK,
        MIGRATE
    }

    /** @param words addresses to move or remove, or a version to go back to */
    public record StateAsk(@Nullable String stack, @Nullable List<String> words) {}

    /**
     * @param version of a managed state; null where a backend keeps it
     * @param resources those that were asked for
     * @param outputs none where one address was asked for
     */
    public record State(
            String stack,
            @Nullable Long version,
            long serial,
            String lineage,
            List<StateResource> resources,
            Map<String, JsonNode> outputs) {}

    /** @param attributes secrets masked */
    public record StateResource(String address, JsonNode attributes) {}

    /**
     * @param serial Terraform's own count within a lineage
     * @param run what wrote it; null where that is not known
     * @param by who asked for that, or approved it; null where nobody had to
     */
    public record StateVersion(
            long version,
            boolean current,
            long serial,
            String lineage,
            @Nullable String run,
            @Nullable String by,
            @Nullable String how,
            Instant at) {}
}
