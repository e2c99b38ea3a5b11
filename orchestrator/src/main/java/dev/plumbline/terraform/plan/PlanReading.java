package dev.plumbline.terraform.plan;

/** How reading a plan ended. */
public sealed interface PlanReading {

    /** It was read. */
    record Read(Plan plan) implements PlanReading {}

    /** It was not; the reason is one sentence. Where the file was read directly, {@code show -json} may still do. */
    record Unreadable(String reason) implements PlanReading {}
}
