package dev.plumbline.localgitlab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.gitlab4j.models.utils.JacksonJson;

/**
 * What another client of GitLab makes of an answer: it reads it with its own models, and everything that stands in the answer must
 * be in what it read. A name that it doesn't know, a word that is none of an enumeration's and a value of another type are faults.
 */
final class SecondOpinion {
    /** Members that GitLab sends, by its own source, and that those models leave out. */
    private static final Set<String> NEWER = Set.of(
            "imported",
            "locked",
            "membership_state",
            "noteable_iid",
            "signing_token_present",
            "token_present",
            "alert_status",
            "approved_at");

    /** Those are read and written in forms that may differ. */
    private static final Pattern TIME = Pattern.compile("_(at|date)$");

    private final ObjectMapper mapper;

    SecondOpinion() {
        mapper = new JacksonJson()
                .getObjectMapper()
                .copy()
                .disable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);
        // A number is no text that looks like one, nor the other way round.
        for (LogicalType type : List.of(LogicalType.Integer, LogicalType.Boolean)) {
            mapper.coercionConfigFor(type).setCoercion(CoercionInputShape.String, CoercionAction.Fail);
        }
        for (CoercionInputShape shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
    }

    List<String> faults(Class<?> model, byte[] answer) {
        List<String> faults = new ArrayList<>();
        try {
            JsonNode whole = mapper.readTree(answer);
            List<JsonNode> all = new ArrayList<>();
            if (whole.isArray()) {
                whole.forEach(all::add);
            } else {
                all.add(whole);
            }
            for (JsonNode one : all) {
                compare(model.getSimpleName(), one, mapper.valueToTree(mapper.treeToValue(one, model)), faults);
            }
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            faults.add("another client can't read this " + model.getSimpleName() + ": " + unreadable.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return faults;
    }

    private static boolean same(JsonNode sent, JsonNode read) {
        return sent.asText().equals(read.asText());
    }

    private static void compare(String at, JsonNode sent, JsonNode read, List<String> faults) {
        sent.fields().forEachRemaining(field -> {
            JsonNode there = read.path(field.getKey());
            String place = at + "." + field.getKey();
            if (field.getValue().isNull() || NEWER.contains(field.getKey())) {
                return;
            }
            if (there.isMissingNode() || there.isNull()) {
                faults.add("another client doesn't know " + place + ": " + field.getValue());
            } else if (field.getValue().isObject()) {
                compare(place, field.getValue(), there, faults);
            } else if (!field.getValue().isArray()
                    && !TIME.matcher(field.getKey()).find()
                    && !same(field.getValue(), there)) {
                faults.add("another client takes " + place + " for " + there + ": " + field.getValue());
            }
        });
    }
}
