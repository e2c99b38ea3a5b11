package dev.plumbline.review;

/**
 * How far an open change is with the approvals that its base asks for.
 *
 * @param complete whether it has them all
 * @param words who gave them, else what is missing, as a part of a sentence
 */
public record ApprovalCount(boolean complete, String words) {}
