package dev.plumbline.terraform.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One protobuf message taken apart by its wire format: fields by number, without a schema. Nested messages are taken apart
 * when asked for, so a hostile nesting can't exhaust the stack.
 */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final Map<Integer, List<Slice>> slices = new HashMap<>();
    private final Map<Integer, Long> numbers = new HashMap<>();

    /** A stretch of the file; nothing is copied until it is needed. */
    record Slice(byte[] bytes, int from, int to) {

        static Slice of(byte[] bytes) {
            return new Slice(bytes, 0, bytes.length);
        }

        String text() {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }

        ProtoMessage message() {
            return new ProtoMessage(this);
        }
    }

    private final byte[] bytes;
    private final int end;
    private int position;

    ProtoMessage(Slice slice) {
        this.bytes = slice.bytes();
        this.position = slice.from();
        this.end = slice.to();
        while (position < end) {
            long tag = varint();
            int field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case VARINT -> numbers.put(field, varint());
                case FIXED64 -> skip(8);
                case BYTES ->
                    slices.computeIfAbsent(field, key -> new ArrayList<>(1)).add(slice());
                case FIXED32 -> skip(4);
                default -> throw new PlanFormatException("a field of a kind that planfile.proto doesn't use");
            }
        }
    }

    /** The number in that field; zero where it is absent, as protobuf has it. */
    long number(int field) {
        return numbers.getOrDefault(field, 0L);
    }

    boolean flag(int field) {
        return number(field) != 0;
    }

    /** The string in that field; empty where it is absent. */
    String text(int field) {
        List<Slice> all = all(field);
        return all.isEmpty() ? "" : all.get(all.size() - 1).text();
    }

    boolean has(int field) {
        return slices.containsKey(field);
    }

    /** The message in that field; an empty one where it is absent. */
    ProtoMessage message(int field) {
        List<Slice> all = all(field);
        return all.isEmpty()
                ? Slice.of(new byte[0]).message()
                : all.get(all.size() - 1).message();
    }

    /** Every occurrence of that field, in order. */
    List<Slice> all(int field) {
        return slices.getOrDefault(field, List.of());
    }

    private Slice slice() {
        long length = varint();
        if (length < 0 || length > end - position) {
            throw new PlanFormatException("a field that is longer than the file");
        }
        Slice slice = new Slice(bytes, position, position + (int) length);
        position += (int) length;
        return slice;
    }

    private void skip(int count) {
        if (count > end - position) {
            throw new PlanFormatException("a field that is longer than the file");
        }
        position += count;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= end) {
                throw new PlanFormatException("it ends within a number");
            }
            byte b = bytes[position++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new PlanFormatException("a number of more than ten bytes");
    }
}
