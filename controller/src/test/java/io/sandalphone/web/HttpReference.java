package io.sandalphone.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The HTTP reference, `docs/openapi.yaml`, as tests hold answers of our listeners against it. Whatever an answer
/// has that is not documented fails the test that got it.
public final class HttpReference {
    private static final Path DOCUMENT = Path.of("docs/openapi.yaml");
    private static final String HERE = "https://sandalphone.example/openapi.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpReference IT = new HttpReference();

    /// What any request may be answered with, for its form or its path.
    private static final Set<Integer> ANYWHERE = Set.of(400, 500);

    /// The same where there is no such path, or no such method.
    private static final Set<Integer> NOWHERE = Set.of(400, 401, 404, 405);

    private final JsonNode document;
    private final JsonSchemaFactory schemas;
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private HttpReference() {
        try {
            var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            Object tree = yaml.load(Files.readString(DOCUMENT));
            document = JSON.valueToTree(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schemas =
                JsonSchemaFactory.getInstance(
                        SpecVersion.VersionFlag.V202012,
                        builder ->
                                builder.schemaLoaders(
                                        loaders ->
                                                loaders.schemas(
                                                        Map.of(HERE, document.toString()))));
    }

    /// The whole document, aliases resolved.
    public static JsonNode document() {
        return IT.document;
    }

    /// What stands at `listener`, as `GET /calls/{id}`, `{carrier}` replaced by each of them.
    public static Set<String> operations(String listener) {
        Set<String> found = new TreeSet<>();
        IT.document
                .path("paths")
                .properties()
                .forEach(
                        path ->
                                operations(path.getValue())
                                        .filter(it -> isAt(listener, it.getValue()))
                                        .forEach(
                                                it ->
                                                        found.addAll(
                                                                named(
                                                                        it.getKey(),
                                                                        path.getKey()))));
        return found;
    }

    private static Stream<Map.Entry<String, JsonNode>> operations(JsonNode path) {
        return path.properties().stream().filter(each -> !each.getKey().equals("parameters"));
    }

    private static boolean isAt(String listener, JsonNode operation) {
        List<String> listeners = new ArrayList<>();
        operation.path("x-listeners").forEach(each -> listeners.add(each.asText()));
        return listeners.contains(listener);
    }

    private static List<String> named(String method, String path) {
        String named = method.toUpperCase(Locale.ROOT) + " " + path;
        return path.contains("{carrier}")
                ? List.of(
                        named.replace("{carrier}", "twilio"), named.replace("{carrier}", "telnyx"))
                : List.of(named);
    }

    /// Gives the answer back if `listener` may answer so.
    public static <T> HttpResponse<T> documented(String listener, HttpResponse<T> answer) {
        String body =
                switch (answer.body()) {
                    case String text -> text;
                    case byte[] bytes -> new String(bytes, StandardCharsets.ISO_8859_1);
                    default -> throw new AssertionError("a body that is neither text nor bytes");
                };
        check(
                listener,
                answer.request().method(),
                answer.request().uri().getPath(),
                answer.statusCode(),
                name -> answer.headers().firstValue(name),
                body);
        return answer;
    }

    /// Fails unless `listener` may answer a request for `path` with this status, these headers and this body.
    public static void check(
            String listener,
            String method,
            String path,
            int status,
            Function<String, Optional<String>> headers,
            String body) {
        String what = method + " " + path + " at " + listener + " answered " + status;
        boolean head = method.equals("HEAD");
        Optional<JsonNode> operation = IT.operation(listener, head ? "GET" : method, path);
        String type = headers.apply("Content-Type").orElse("");
        if (operation.isEmpty() || !operation.get().path("responses").has("" + status)) {
            Set<Integer> allowed = new TreeSet<>(operation.isEmpty() ? NOWHERE : ANYWHERE);
            if (head) {
                // Of what is not read by HEAD.
                allowed.add(405);
            }
            demand(allowed.contains(status), what + ", which is not documented");
            demand(
                    status != 405 || headers.apply("Allow").isPresent(),
                    what + " without saying which methods there are");
            if (!head && type.equals("application/json")) {
                IT.valid(JSON.createObjectNode().put("$ref", HERE + "#/components/schemas/Error"))
                        .fits(what, body);
            }
            return;
        }
        JsonNode response = IT.resolved(operation.get().path("responses").path("" + status));
        response.path("headers")
                .properties()
                .forEach(
                        header ->
                                IT.checkHeader(what, header.getKey(), header.getValue(), headers));
        if (head || !response.has("content")) {
            demand(body.isEmpty(), what + " with a body");
            return;
        }
        JsonNode schema = schema(response.path("content"), type);
        demand(!schema.isMissingNode(), what + " with the type " + type);
        if (type.equals("application/json")) {
            IT.valid(schema).fits(what, body);
        }
    }

    /// Fails unless `json` is what the document calls `schema`.
    public static void fits(String schema, String json) {
        IT.valid(JSON.createObjectNode().put("$ref", HERE + "#/components/schemas/" + schema))
                .fits(schema, json);
    }

    /// What is wrong with the document's schemas, by JSON Schema's own.
    public static List<String> faultsOfSchemas() {
        JsonSchema meta =
                IT.schemas.getSchema(
                        SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"),
                        IT.config);
        List<String> faults = new ArrayList<>();
        IT.document
                .path("components")
                .path("schemas")
                .properties()
                .forEach(
                        each ->
                                meta.validate(each.getValue())
                                        .forEach(
                                                fault -> faults.add(each.getKey() + ": " + fault)));
        return faults;
    }

    private static JsonNode schema(JsonNode content, String type) {
        for (Map.Entry<String, JsonNode> each : content.properties()) {
            if (plain(each.getKey()).equals(plain(type))) {
                return each.getValue().path("schema");
            }
        }
        return JSON.missingNode();
    }

    private static String plain(String type) {
        return type.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private void checkHeader(
            String what,
            String name,
            JsonNode described,
            Function<String, Optional<String>> headers) {
        JsonNode header = resolved(described);
        Optional<String> value = headers.apply(name);
        demand(
                value.isPresent() || !header.path("required").asBoolean(),
                what + " without the header " + name);
        value.ifPresent(
                text ->
                        valid(header.path("schema"))
                                .fits(what, JSON.getNodeFactory().textNode(text)));
    }

    private Optional<JsonNode> operation(String listener, String method, String path) {
        for (Map.Entry<String, JsonNode> each : document.path("paths").properties()) {
            JsonNode operation = each.getValue().path(method.toLowerCase(Locale.ROOT));
            if (isAt(listener, operation) && pattern(each.getKey()).matcher(path).matches()) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    private static Pattern pattern(String path) {
        return Pattern.compile(
                path.replace(".", "\\.")
                        .replace("{carrier}", "(twilio|telnyx)")
                        .replaceAll("\\{[a-z]+}", "[^/]+"));
    }

    /// Follows references within the document.
    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isTextual()
                ? resolved(document.at(reference.asText().substring(1)))
                : node;
    }

    /// Every reference that leads nowhere.
    public static List<String> deadReferences() {
        List<String> dead = new ArrayList<>();
        collect(IT.document, dead);
        return dead;
    }

    private static void collect(JsonNode node, List<String> dead) {
        JsonNode reference = node.path("$ref");
        if (reference.isTextual()
                && IT.document.at(reference.asText().substring(1)).isMissingNode()) {
            dead.add(reference.asText());
        }
        for (Iterator<JsonNode> parts = node.elements(); parts.hasNext(); ) {
            collect(parts.next(), dead);
        }
    }

    private Validity valid(JsonNode schema) {
        String absolute =
                schema.toString().replace("\"#/components/", "\"" + HERE + "#/components/");
        try {
            return new Validity(schemas.getSchema(JSON.readTree(absolute), config));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Validity(JsonSchema schema) {
        void fits(String what, String json) {
            try {
                fits(what, JSON.readTree(json));
            } catch (JsonProcessingException e) {
                throw new AssertionError(what + " with what is no JSON: " + json, e);
            }
        }

        void fits(String what, JsonNode value) {
            Set<ValidationMessage> faults = schema.validate(value);
            demand(faults.isEmpty(), what + ", but " + faults + " in " + value);
        }
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
