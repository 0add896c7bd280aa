package io.sandalphone.harness.fakes.google;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What edition v2 takes and refuses.
final class BasicEdition {
    static final String PATH = "/language/translate/v2";

    private static final int MOST_TEXTS = 128;
    private static final int LARGEST = 100 * 1024;

    private final GoogleAccount account;

    BasicEdition(GoogleAccount account) {
        this.account = account;
    }

    Reply receive(HttpServerRequest request, Buffer body) throws Refusal {
        if (body.length() > LARGEST) {
            throw new Refusal(
                    413, "uploadTooLarge", "INVALID_ARGUMENT", "The request is too large.");
        }
        var parameters = Parameters.of(request, body);
        admit(request, parameters);
        return switch (request.path()) {
            case PATH -> translate(parameters);
            case PATH + "/detect" -> detect(parameters);
            case PATH + "/languages" -> languages(parameters);
            default -> throw Refusal.notFound("Not Found");
        };
    }

    private void admit(HttpServerRequest request, Parameters parameters) throws Refusal {
        String key =
                Optional.ofNullable(request.getHeader("X-goog-api-key"))
                        .or(() -> parameters.one("key"))
                        .orElseThrow(
                                () -> Refusal.forbidden("The request is missing a valid API key."));
        if (!key.equals(account.apiKey())) {
            throw new Refusal(
                    400,
                    "API_KEY_INVALID",
                    "INVALID_ARGUMENT",
                    "API key not valid. Please pass a valid API key.");
        }
    }

    private static Reply translate(Parameters parameters) throws Refusal {
        model(parameters);
        String target = Languages.known(required(parameters, "target"), "target");
        Optional<String> source = parameters.one("source");
        String from = source.isPresent() ? Languages.known(source.get(), "source") : "en";
        if (from.equals(target)) {
            throw Refusal.invalid("Bad language pair: " + from + "|" + target);
        }
        String format = parameters.one("format").orElse("html");
        if (!format.equals("html") && !format.equals("text")) {
            throw Refusal.invalid("Invalid Value: format");
        }
        var order =
                new TranslateRequest(
                        texts(parameters), from, target, format.equals("html"), Map.of());
        return new Reply.Translation(
                order,
                translated ->
                        data("translations", translations(translated, source.isEmpty(), from)));
    }

    private static JsonArray translations(
            List<Reply.Translated> translated, boolean detected, String from) {
        var all = new JsonArray();
        for (Reply.Translated each : translated) {
            var one = new JsonObject().put("translatedText", each.text());
            all.add(detected ? one.put("detectedSourceLanguage", from) : one);
        }
        return all;
    }

    private static Reply detect(Parameters parameters) throws Refusal {
        var all = new JsonArray();
        texts(parameters)
                .forEach(
                        _ ->
                                all.add(
                                        new JsonArray()
                                                .add(
                                                        new JsonObject()
                                                                .put("language", "en")
                                                                .put("confidence", 1))));
        return new Reply.Known(data("detections", all));
    }

    private static Reply languages(Parameters parameters) throws Refusal {
        model(parameters);
        var all = new JsonArray();
        Languages.CODES.forEach(code -> all.add(new JsonObject().put("language", code)));
        return new Reply.Known(data("languages", all));
    }

    private static void model(Parameters parameters) throws Refusal {
        String model = parameters.one("model").orElse("nmt");
        if (!model.equals("nmt") && !model.equals("base")) {
            throw Refusal.invalid("Invalid Value: model");
        }
    }

    private static List<String> texts(Parameters parameters) throws Refusal {
        List<String> texts = parameters.all("q");
        if (texts.isEmpty()) {
            throw new Refusal(400, "required", "INVALID_ARGUMENT", "Required Text");
        }
        if (texts.size() > MOST_TEXTS) {
            throw Refusal.invalid("Too many text segments");
        }
        return texts;
    }

    private static String required(Parameters parameters, String name) throws Refusal {
        return parameters
                .one(name)
                .orElseThrow(
                        () ->
                                new Refusal(
                                        400,
                                        "required",
                                        "INVALID_ARGUMENT",
                                        "Required parameter: " + name));
    }

    private static JsonObject data(String name, JsonArray values) {
        return new JsonObject().put("data", new JsonObject().put(name, values));
    }
}
