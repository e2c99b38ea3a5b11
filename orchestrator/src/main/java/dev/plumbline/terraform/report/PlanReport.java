package dev.plumbline.terraform.report;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.Secrets;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.SensitiveSchema;

/**
 * One stack's plan, ready to be shown. No rendering holds a sensitive value: each string that is marked anywhere is masked
 * wherever it occurs, then everything at a path that was marked before or after or that the provider's schema calls
 * sensitive.
 */
public final class PlanReport {
    private final String stack;
    private final Plan plan;
    private final Masker masker;

    private PlanReport(String stack, Plan plan, Masker masker) {
        this.stack = stack;
        this.plan = plan;
        this.masker = masker;
    }

    /**
     * A report.
     *
     * @param stack its id, as headings show it
     * @param schema what the providers' schemas call sensitive; {@link SensitiveSchema#none()} where only Terraform's built-in
     *     provider is used
     * @param more secrets that the plan doesn't mark: sensitive variables, inputs, stored outputs
     */
    public static PlanReport of(String stack, Plan plan, SensitiveSchema schema, Secrets more) {
        Plan marked = plan.marked(schema);
        return new PlanReport(stack, marked, marked.secrets().plus(more).masker());
    }

    /** A report of a plan that was {@link Plan#marked} already, or needs no schema, and with no other secrets than its own. */
    public static PlanReport of(String stack, Plan plan) {
        return of(stack, plan, SensitiveSchema.none(), Secrets.none());
    }

    public Summary summary() {
        return Summary.of(plan);
    }

    /** Hides the secrets of this plan, for its run's log and diagnostics. */
    public Masker masker() {
        return masker;
    }

    /** For a terminal or a log. */
    public Rendering text(Limit limit, boolean colour) {
        Masked masked = new Masked(plan, masker);
        return new TextFormat(masked, colour)
                .render(masked.line(stack + ": " + summary().line()), limit);
    }

    /** {@link #text(Limit, boolean)} of at most so many characters, without colour and without a place to refer to. */
    public Rendering text(int characters) {
        return text(new Limit(characters, ""), false);
    }

    /** {@link #markdown(Limit)} of at most so many characters, without a place to refer to. */
    public Rendering markdown(int characters) {
        return markdown(new Limit(characters, ""));
    }

    /** All of {@link #json(Limit)}. */
    public String json() {
        return json(Limit.none()).text();
    }

    /** For a pull request. */
    public Rendering markdown(Limit limit) {
        Masked masked = new Masked(plan, masker);
        String title = "### " + Markdown.code(masked.line(stack)) + "\n\n";
        return new MarkdownFormat(masked).render(title, summary().line(), limit);
    }

    /** The same without the stack's name, for a text that says it already. */
    public Rendering diffs(Limit limit) {
        return new MarkdownFormat(new Masked(plan, masker)).render("", summary().line(), limit);
    }

    /** For programs: one JSON object. */
    public Rendering json(Limit limit) {
        Masked masked = new Masked(plan, masker);
        return new JsonFormat(masked, masker).render(masked.line(stack), summary(), limit);
    }
}
