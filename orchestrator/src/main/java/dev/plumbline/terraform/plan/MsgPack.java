package dev.plumbline.terraform.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one value of Terraform's type system from msgpack as its library cty writes it.
 *
 * <p>Rules learnt from plans of Terraform 1.11.4: a value of dynamic type is the array {@code [bin type, value]}, and
 * nothing else uses bin; any extension is an unknown; a number that is neither an integer nor exactly a double is a string
 * of digits, told from text only by the type.
 */
final class MsgPack {
    private static final int DEEPEST = 200;
    private static final int LONGEST_NUMBER = 1000;

    private final JsonMapper json;
    private final ByteBuffer in;

    private MsgPack(JsonMapper json, ByteBuffer in) {
        this.json = json;
        this.in = in;
    }

    /**
     * The value in those bytes.
     *
     * @throws PlanFormatException where they are not one
     */
    static Value read(JsonMapper json, ProtoMessage.Slice slice) {
        MsgPack reader = new MsgPack(json, ByteBuffer.wrap(slice.bytes(), slice.from(), slice.to() - slice.from()));
        try {
            return reader.value(null, 0);
        } catch (BufferUnderflowException e) {
            throw new PlanFormatException("a value that ends too early");
        }
    }

    private Value value(@Nullable JsonNode type, int depth) {
        if (depth > DEEPEST) {
            throw new PlanFormatException("a value nested more than " + DEEPEST + " levels deep");
        }
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return number(first);
        } else if (first < 0x90) {
            return fields(first & 0x0f, type, depth);
        } else if (first < 0xa0) {
            return items(first & 0x0f, type, depth);
        } else if (first < 0xc0) {
            return text(first & 0x1f, type);
        } else if (first >= 0xe0) {
            return number((byte) first);
        }
        return switch (first) {
            case 0xc0 -> Value.NULL;
            case 0xc2 -> new Value.Bool(false);
            case 0xc3 -> new Value.Bool(true);
            case 0xc7 -> unknown(in.get() & 0xff);
            case 0xc8 -> unknown(in.getShort() & 0xffff);
            case 0xc9 -> unknown(length());
            case 0xca -> decimal(in.getFloat());
            case 0xcb -> decimal(in.getDouble());
            case 0xcc -> number(in.get() & 0xff);
            case 0xcd -> number(in.getShort() & 0xffff);
            case 0xce -> number(in.getInt() & 0xffffffffL);
            case 0xcf -> new Value.Num(new BigDecimal(new BigInteger(1, bytes(8))));
            case 0xd0 -> number(in.get());
            case 0xd1 -> number(in.getShort());
            case 0xd2 -> number(in.getInt());
            case 0xd3 -> number(in.getLong());
            case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> unknown(1 << (first - 0xd4));
            case 0xd9 -> text(in.get() & 0xff, type);
            case 0xda -> text(in.getShort() & 0xffff, type);
            case 0xdb -> text(length(), type);
            case 0xdc -> items(in.getShort() & 0xffff, type, depth);
            case 0xdd -> items(length(), type, depth);
            case 0xde -> fields(in.getShort() & 0xffff, type, depth);
            case 0xdf -> fields(length(), type, depth);
            default -> throw new PlanFormatException("a value of a kind that Terraform doesn't write");
        };
    }

    private Value items(int count, @Nullable JsonNode type, int depth) {
        if (count == 2 && in.hasRemaining() && isBin(in.get(in.position()) & 0xff)) {
            return value(type(), depth + 1);
        }
        checkCount(count);
        List<Value> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(value(elementType(type, i), depth + 1));
        }
        return new Value.Items(items);
    }

    private Value fields(int count, @Nullable JsonNode type, int depth) {
        checkCount(count);
        TreeMap<String, Value> fields = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Value key = value(null, depth + 1);
            if (!(key instanceof Value.Text name)) {
                throw new PlanFormatException("a map whose key is not a string");
            }
            fields.put(name.value(), value(fieldType(type, name.value()), depth + 1));
        }
        return new Value.Fields(fields);
    }

    private static @Nullable JsonNode elementType(@Nullable JsonNode type, int index) {
        JsonNode argument = type == null ? null : type.get(1);
        return argument != null && argument.isArray() && isKind(type, "tuple") ? argument.get(index) : argument;
    }

    private static @Nullable JsonNode fieldType(@Nullable JsonNode type, String name) {
        JsonNode argument = type == null ? null : type.get(1);
        return argument != null && argument.isObject() && isKind(type, "object") ? argument.get(name) : argument;
    }

    private static boolean isKind(@Nullable JsonNode type, String kind) {
        JsonNode constructor = type == null ? null : type.get(0);
        return constructor != null
                && constructor.isString()
                && constructor.stringValue().equals(kind);
    }

    private static boolean isBin(int first) {
        return first == 0xc4 || first == 0xc5 || first == 0xc6;
    }

    private JsonNode type() {
        int length = switch (in.get() & 0xff) {
            case 0xc4 -> in.get() & 0xff;
            case 0xc5 -> in.getShort() & 0xffff;
            default -> length();
        };
        try {
            return json.readTree(bytes(length));
        } catch (JacksonException e) {
            throw new PlanFormatException("a value whose type is not readable");
        }
    }

    private Value text(int length, @Nullable JsonNode type) {
        String text = new String(bytes(length), StandardCharsets.UTF_8);
        boolean digits = type != null && type.isString() && type.stringValue().equals("number");
        if (!digits) {
            return new Value.Text(text);
        }
        try {
            if (text.length() > LONGEST_NUMBER) {
                throw new PlanFormatException("a number of more than " + LONGEST_NUMBER + " digits");
            }
            return new Value.Num(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new PlanFormatException("a number that is none");
        }
    }

    private Value unknown(int length) {
        in.get();
        bytes(length);
        return Value.UNKNOWN;
    }

    private static Value number(long value) {
        return new Value.Num(BigDecimal.valueOf(value));
    }

    private static Value decimal(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new PlanFormatException("a number that is infinite");
        }
        return new Value.Num(BigDecimal.valueOf(value));
    }

    private int length() {
        int length = in.getInt();
        if (length < 0) {
            throw new PlanFormatException("a value that is longer than the file");
        }
        return length;
    }

    private void checkCount(int count) {
        if (count > in.remaining()) {
            throw new PlanFormatException("a value that is longer than the file");
        }
    }

    private byte[] bytes(int length) {
        checkCount(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
