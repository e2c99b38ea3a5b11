package dev.plumbline.review;

import java.time.Instant;

/**
 * Something that was done, or came of it; never changed afterwards.
 *
 * @param number later entries have higher ones
 * @param actor whose token it was; {@code plumbline} for what nobody asked for
 * @param kind what it is about: {@code approve}, {@code state}, {@code token} and so on
 * @param subject {@code repository:folder} of a stack, {@code #12}, {@code r12}, or the name of a token or repository
 */
public record HistoryEntry(long number, Instant at, String actor, String kind, String subject, String text) {}
