package dev.plumbline.hcl.syntax;

import dev.plumbline.hcl.syntax.Expression.Raw;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A file's text, and where its lines begin. */
final class SourceText {
    /** Stands for bytes that are not UTF-8. */
    static final char REPLACEMENT = '\uFFFD';

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private final String name;
    private final String text;
    private final boolean replaced;
    private final int[] lineStarts;

    SourceText(String name, String text) {
        this(name, text, false);
    }

    private SourceText(String name, String text, boolean replaced) {
        this.name = name;
        this.text = text;
        this.replaced = replaced;
        this.lineStarts = lineStarts(text);
    }

    static SourceText decode(String name, byte[] content) {
        String decoded = new String(content, StandardCharsets.UTF_8);
        if (!decoded.isEmpty() && decoded.charAt(0) == BYTE_ORDER_MARK) {
            decoded = decoded.substring(1);
        }
        boolean replaced = decoded.indexOf(REPLACEMENT) >= 0 && !isUtf8(content);
        return new SourceText(name, decoded, replaced);
    }

    private static boolean isUtf8(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[64];
        int count = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = at + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    String text() {
        return text;
    }

    /** Whether bytes that are not UTF-8 were replaced. */
    boolean isReplaced() {
        return replaced;
    }

    Position position(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(name, line + 1, offset - lineStarts[line] + 1);
    }

    Raw raw(int start, int end) {
        int last = Math.min(text.length(), Math.max(start, end));
        return new Raw(Raw.Form.EXPRESSION, text.substring(start, last), position(start));
    }

    /** The next line after this place that begins, unindented, with a name: most likely a block of the file; or -1. */
    int nextUnindentedName(int offset) {
        int line = position(offset).line();
        for (; line < lineStarts.length; line++) {
            int start = lineStarts[line];
            if (start < text.length() && Lexer.isNameStart(text.codePointAt(start))) {
                return start;
            }
        }
        return -1;
    }
}
