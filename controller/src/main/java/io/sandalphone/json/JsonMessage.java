package io.sandalphone.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.io.Serial;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A JSON message of another program, or a part of one, for a reader who takes what is there.
///
/// A field that is missing, null, or of a type that makes no sense is empty and costs nothing but
/// itself. One of another type than it should have is taken for what it says: `"3"` is 3, 3 is `"3"`,
/// `"true"` is true, a single object or text is a list of one. Fields nobody asks for are not looked at. What
/// was missing or had another type is counted for the message as a whole, in [#lacks].
///
/// One thread at a time. No exception holds any of the message: people's words may be in it.
public final class JsonMessage {
    // Programs that write NaN, or a bare line break within a string, exist; what they mean is
    // plain.
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .build();

    private final JsonNode node;
    private final boolean mayBeMissing;
    private final Lacks lacks;

    /// Shared by a message and all its parts.
    private static final class Lacks {
        int count;
    }

    private JsonMessage(JsonNode node, boolean mayBeMissing, Lacks lacks) {
        this.node = node;
        this.mayBeMissing = mayBeMissing;
        this.lacks = lacks;
    }

    /// Thrown for what is not a message. Says nothing of what it was.
    public static final class UnreadableException extends Exception {
        @Serial private static final long serialVersionUID = 1;

        public UnreadableException(String message) {
            super(message, null, false, false);
        }
    }

    /// Reads a JSON object.
    ///
    /// @throws UnreadableException for whatever is none
    public static JsonMessage parse(String text) throws UnreadableException {
        JsonNode read;
        try {
            read = MAPPER.readTree(text);
        } catch (JsonProcessingException _) {
            throw new UnreadableException("not JSON");
        }
        if (!read.isObject()) {
            throw new UnreadableException("not a JSON object");
        }
        return new JsonMessage(read, false, new Lacks());
    }

    /// A message without fields.
    public static JsonMessage empty() {
        return new JsonMessage(MAPPER.createObjectNode(), false, new Lacks());
    }

    /// The same message, in which it is no lack that a field is missing.
    public JsonMessage optional() {
        return new JsonMessage(node, true, lacks);
    }

    /// How many of the fields that were asked for so far, in the whole message, were missing or of
    /// another type.
    public int lacks() {
        return lacks.count;
    }

    /// Whether there is a field of this name that is not null.
    public boolean has(String field) {
        return !isAbsent(node.path(field));
    }

    /// The text in a field; a number as it is written.
    public Optional<String> text(String field) {
        return text(present(field));
    }

    /// The text that this part is.
    public Optional<String> text() {
        return text(node);
    }

    private Optional<String> text(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(value.textValue());
        }
        if (isAbsent(value)) {
            return Optional.empty();
        }
        lacks.count++;
        return value.isNumber() ? Optional.of(value.asText()) : Optional.empty();
    }

    /// The whole number in a field, without what follows its decimal point.
    public OptionalLong integer(String field) {
        JsonNode value = present(field);
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return OptionalLong.of(value.longValue());
        }
        OptionalDouble number = number(value);
        if (number.isEmpty()) {
            return OptionalLong.empty();
        }
        if (Math.abs(number.getAsDouble()) >= 0x1p63) {
            lacks.count++;
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) number.getAsDouble());
    }

    /// The finite number in a field.
    public OptionalDouble number(String field) {
        return number(present(field));
    }

    private OptionalDouble number(JsonNode value) {
        if (isAbsent(value)) {
            return OptionalDouble.empty();
        }
        if (!value.isNumber()) {
            lacks.count++;
        }
        double number =
                switch (value.getNodeType()) {
                    case NUMBER -> value.doubleValue();
                    case STRING -> parsed(value.textValue());
                    default -> Double.NaN;
                };
        if (Double.isFinite(number)) {
            return OptionalDouble.of(number);
        }
        if (value.isNumber()) {
            lacks.count++;
        }
        return OptionalDouble.empty();
    }

    private static double parsed(String text) {
        try {
            return new BigDecimal(text.strip()).doubleValue();
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    /// The truth value in a field: 1 and 0 are true and false.
    public Optional<Boolean> flag(String field) {
        JsonNode value = present(field);
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        if (isAbsent(value)) {
            return Optional.empty();
        }
        lacks.count++;
        String written = value.isValueNode() ? value.asText().strip() : "";
        if (written.equalsIgnoreCase("true") || written.equals("1")) {
            return Optional.of(true);
        }
        return written.equalsIgnoreCase("false") || written.equals("0")
                ? Optional.of(false)
                : Optional.empty();
    }

    /// The object in a field; where there is none, one without fields.
    public JsonMessage object(String field) {
        JsonNode value = present(field);
        if (value.isArray() && value.path(0).isObject()) {
            lacks.count++;
            value = value.path(0);
        } else if (!value.isObject() && !isAbsent(value)) {
            lacks.count++;
        }
        return part(value);
    }

    /// What stands in a field, as JSON; empty where there is nothing.
    public String json(String field) {
        JsonNode value = present(field);
        return isAbsent(value) ? "" : value.toString();
    }

    /// The elements of the list in a field, of whatever type each.
    public List<JsonMessage> list(String field) {
        JsonNode value = present(field);
        if (isAbsent(value)) {
            return List.of();
        }
        if (!value.isArray()) {
            lacks.count++;
            return value.isObject() || value.isTextual() ? List.of(part(value)) : List.of();
        }
        List<JsonMessage> elements = new ArrayList<>();
        value.forEach(element -> elements.add(part(element)));
        return elements;
    }

    /// Whether this part is a JSON object.
    public boolean isObject() {
        return node.isObject();
    }

    private JsonMessage part(JsonNode value) {
        return new JsonMessage(value, mayBeMissing, lacks);
    }

    private JsonNode present(String field) {
        JsonNode value = node.path(field);
        if (!isAbsent(value)) {
            return value;
        }
        if (!mayBeMissing) {
            lacks.count++;
        }
        return MissingNode.getInstance();
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
