package dev.plumbline.web;

import dev.plumbline.access.Principal;
import dev.plumbline.access.Token;
import dev.plumbline.access.TokenCreation;
import dev.plumbline.access.TokenRequest;
import dev.plumbline.git.CommitSha;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people ask of a running server; the API is this and nothing more.
 *
 * <p>Lookups take ids as people type them: a stack's folder, a unique last folder, its name or {@code repository:folder};
 * {@code #12} for a change; {@code r123} for a run.
 */
public interface Operations {

    /** The address by which people know this server, without a slash at its end. */
    URI url();

    /** Everything {@code plumbline status} prints. */
    Views.Status status();

    /** All known stacks, sorted by id. */
    List<Views.Stack> stacks();

    /**
     * Changes, newest first.
     *
     * @param all whether merged and closed ones are listed too
     * @param limit at most so many
     */
    List<Views.Change> changes(boolean all, int limit);

    /** One change with its stacks and its report in Markdown and text; empty where there is none of that number. */
    Optional<Views.ChangeDetail> change(long number);

    /**
     * One change by what people call it.
     *
     * @param name {@code #12} or {@code team/infra#14}
     * @throws NoSuchSubjectException where none is called so, or more than one
     */
    Views.Change change(String name);

    /**
     * Whether a commit that is about to become the default branch would bring just what was reviewed on a pull request, by the code
     * of its stacks. May fetch the commit, if a merge train made it.
     *
     * @param repository its name on this server
     * @param pull the forge's number
     * @throws NoSuchSubjectException where there is no such repository on a forge with pull requests
     * @throws RefusedException where it would not; says why
     */
    Views.CommitCheck commit(CommitSha commit, String repository, long pull);

    /**
     * Runs, newest first.
     *
     * @param stack as typed, or null for all stacks
     * @param limit at most so many
     * @throws NoSuchSubjectException where no stack, or more than one, is meant
     */
    List<Views.Run> runs(@Nullable String stack, int limit);

    /** One run; empty where there is none of that number. */
    Optional<Views.Run> run(long number);

    /** Who approved what a run applies, in the order in which they did; nobody where the merge was enough. */
    List<String> approvers(long run);

    /**
     * The log of a run from a character offset on, secrets masked and control characters removed.
     *
     * @param offset zero, or {@link Views.LogChunk#next()} of the chunk before
     */
    Optional<Views.LogChunk> log(long run, long offset);

    /**
     * Who did what, newest first.
     *
     * @param stack as typed: only what is about it, its runs and the changes that touch it; or null for everything
     * @param limit at most so many
     * @param before only what is older than the entry of that number
     * @throws NoSuchSubjectException where no stack, or more than one, is meant
     */
    List<Views.HistoryEntry> history(@Nullable String stack, int limit, long before);

    /**
     * What was applied, or was to be, newest first.
     *
     * @param stack as typed; or null for all stacks
     * @param limit at most so many
     * @param before only what is older than the run of that number
     * @throws NoSuchSubjectException where no stack, or more than one, is meant
     */
    List<Views.Apply> applies(@Nullable String stack, int limit, long before);

    /**
     * Why a stack is, or is not, running: one sentence.
     *
     * @throws NoSuchSubjectException where no stack, or more than one, is meant
     */
    Views.Why why(String stack);

    /**
     * Approves, applies, cancels, retries or checks for drift; returns at once with what was started. Callers that want
     * the end ask {@link #outcomes} for the handles in the result.
     *
     * @param by who asks; whether they may is checked again for each target
     * @throws NoSuchSubjectException where a target names nothing, or more than one thing; then nothing was started
     */
    Views.Acted act(Views.Action action, Views.Targets targets, Principal by);

    /**
     * What {@link #act} would do now, target by target, without doing it.
     *
     * @throws NoSuchSubjectException where a target names nothing, or more than one thing
     */
    List<Views.Prospect> prospects(Views.Action action, Views.Targets targets, Principal by);

    /** What runs and what waits, and for what. */
    Views.Queue queue();

    /** What a run's plan would change, as text, masked; empty where it made no plan. */
    Optional<String> plan(long run);

    /** Where the work named by those handles stands now. */
    List<Views.Outcome> outcomes(List<String> handles);

    /** All tokens but the owner's, newest first, also those that opened something once. */
    List<Token> tokens();

    /** Makes a token; what it opens is the role's business. */
    TokenCreation createToken(TokenRequest request, Principal by);

    /**
     * Takes a token back at once.
     *
     * @return the token as it is from now on; empty where none of that name is left to revoke
     */
    Optional<Token> revokeToken(String name, Principal by);

    /** What is done with states. */
    StateOperations states();
}
