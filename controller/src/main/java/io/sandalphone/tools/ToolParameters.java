package io.sandalphone.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a tool takes: a JSON Schema (draft 2020-12) of an object, and arguments held against it. An argument that the schema does
/// not name does not fit, unless it says `additionalProperties` itself. Thread-safe.
public final class ToolParameters {
    /// What a schema must be, for messages to people.
    static final String EXPECTED =
            "a JSON Schema of an object: type: object, and properties, without references to"
                    + " elsewhere";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .build();

    /// Loading it takes some hundred milliseconds, which gateways whose agents have no tools need not spend.
    private static final class Validator {
        private static final JsonSchemaFactory SCHEMAS =
                JsonSchemaFactory.getInstance(VersionFlag.V202012);
        private static final SchemaValidatorsConfig CONFIG =
                SchemaValidatorsConfig.builder()
                        .locale(Locale.ENGLISH)
                        .formatAssertionsEnabled(true)
                        .build();

        // Of a schema itself, which stands in the library.
        private static final JsonSchema META =
                SCHEMAS.getSchema(SchemaLocation.of(SchemaId.V202012), CONFIG);

        private Validator() {}

        static JsonSchema of(ObjectNode tree) {
            return SCHEMAS.getSchema(tree, CONFIG);
        }
    }

    /// No model writes longer ones that mean anything.
    private static final int LONGEST = 16_384;

    private static final int MOST_PROBLEMS = 3;
    private static final int LONGEST_PROBLEM = 160;

    private final ObjectNode tree;
    private final String json;
    // Made when it is needed first.
    private volatile @Nullable JsonSchema schema;

    private ToolParameters(ObjectNode tree) {
        this.tree = tree;
        json = tree.toString();
    }

    /// Those that `tree` describes.
    ///
    /// @throws IllegalArgumentException when it is no such schema
    public static ToolParameters of(ObjectNode tree) {
        ToolParameters own = outline(tree);
        if (!Validator.META.validate(own.tree).isEmpty()) {
            throw new IllegalArgumentException("expected " + EXPECTED);
        }
        var _ = own.schema();
        return own;
    }

    /// The same, of JSON.
    public static ToolParameters of(String json) {
        return of(tree(json));
    }

    /// Those of a tool of our own, which are known to be well.
    public static ToolParameters ours(String json) {
        return outline(tree(json));
    }

    /// The same, as far as can be told without loading what tells it.
    ///
    /// @throws IllegalArgumentException when it can be told that it is no such schema
    static ToolParameters outline(ObjectNode tree) {
        ObjectNode own = tree.deepCopy();
        if (!own.path("type").asText().equals("object") || leadsElsewhere(own)) {
            throw new IllegalArgumentException("expected " + EXPECTED);
        }
        if (!own.has("properties")) {
            own.putObject("properties");
        }
        if (!own.has("additionalProperties")) {
            own.put("additionalProperties", false);
        }
        return new ToolParameters(own);
    }

    private static ObjectNode tree(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Loads what arguments are held against, so that no call waits for it.
    public static void load() {
        var _ = Validator.META;
    }

    private JsonSchema schema() {
        JsonSchema known = schema;
        if (known == null) {
            known = Validator.of(tree);
            schema = known;
        }
        return known;
    }

    /// The validator would fetch what it refers to.
    private static boolean leadsElsewhere(JsonNode node) {
        if (node.isObject()) {
            for (String key : Set.of("$schema", "$id", "$dynamicRef", "$vocabulary")) {
                if (node.path(key).isTextual()) {
                    return true;
                }
            }
            JsonNode reference = node.path("$ref");
            if (reference.isTextual() && !reference.textValue().startsWith("#")) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (leadsElsewhere(child)) {
                return true;
            }
        }
        return false;
    }

    /// The schema as JSON, as brains are told it.
    String json() {
        return json;
    }

    /// Thrown for arguments that do not fit. The message says to whoever wrote them why: it may repeat of them names, and is for
    /// no log.
    static final class MisfitException extends Exception {
        @java.io.Serial private static final long serialVersionUID = 1;

        MisfitException(String message) {
            super(message, null, false, false);
        }
    }

    /// Reads arguments, which are JSON; blank where there are none.
    ObjectNode read(String arguments) throws MisfitException {
        if (arguments.length() > LONGEST) {
            throw new MisfitException("they are too long");
        }
        JsonNode tree;
        try {
            tree = arguments.isBlank() ? JSON.createObjectNode() : JSON.readTree(arguments);
        } catch (JsonProcessingException _) {
            throw new MisfitException("they are no JSON");
        }
        if (!(tree instanceof ObjectNode own)) {
            throw new MisfitException("they are no JSON object");
        }
        Set<ValidationMessage> problems = schema().validate(own);
        if (!problems.isEmpty()) {
            throw new MisfitException(
                    problems.stream()
                            .limit(MOST_PROBLEMS)
                            .map(ToolParameters::told)
                            .collect(Collectors.joining("; ")));
        }
        return own;
    }

    private static String told(ValidationMessage problem) {
        String text = problem.getMessage();
        return text.length() <= LONGEST_PROBLEM ? text : text.substring(0, LONGEST_PROBLEM) + "…";
    }
}
