package dev.plumbline.terraform.report;

import java.util.List;

/** Puts blocks together up to a limit, cut only between blocks: whole where there is room, else by their headline. */
public final class Fitting {
    private Fitting() {}

    /** One resource, section or row: in full, and its headline alone, which may be empty. */
    public record Block(String full, String headline) {}

    /** How a format says that blocks are missing. */
    public interface Omission {
        /** @param omitted how many blocks are not there in full */
        String line(int omitted);
    }

    /** Never longer than the limit. */
    public static Rendering fit(String head, List<Block> blocks, Limit limit, Omission omission) {
        int room = limit.characters();
        long whole = head.length()
                + blocks.stream().mapToLong(block -> block.full().length()).sum();
        if (whole <= room) {
            StringBuilder all = new StringBuilder((int) whole).append(head);
            blocks.forEach(block -> all.append(block.full()));
            return new Rendering(all.toString(), 0);
        }
        int left = room - omission.line(blocks.size()).length() - head.length();
        if (left < 0) {
            String shortest = head + omission.line(blocks.size());
            return new Rendering(cut(shortest, room), blocks.size());
        }
        StringBuilder text = new StringBuilder(head);
        int omitted = 0;
        for (Block block : blocks) {
            String piece = block.full().length() <= left ? block.full() : block.headline();
            omitted += piece.equals(block.full()) ? 0 : 1;
            if (piece.length() <= left) {
                text.append(piece);
                left -= piece.length();
            }
        }
        return new Rendering(text.append(omission.line(omitted)).toString(), omitted);
    }

    /** Not in the middle of a surrogate pair. */
    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }
}
