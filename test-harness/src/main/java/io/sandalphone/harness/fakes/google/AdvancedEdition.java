package io.sandalphone.harness.fakes.google;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What edition v3 takes and refuses.
final class AdvancedEdition {
    static final String PATH = "/v3/";

    private static final Pattern RESOURCE =
            Pattern.compile("/v3/(projects/([^/:]+)/locations/([^/:]+))([:/].+)");
    private static final String BEARER = "Bearer ";
    private static final int MOST_TEXTS = 1024;
    private static final int MOST_CHARACTERS = 30_000;

    private final GoogleAccount account;
    private final TokenEndpoint tokens;

    AdvancedEdition(GoogleAccount account, TokenEndpoint tokens) {
        this.account = account;
        this.tokens = tokens;
    }

    Reply receive(HttpServerRequest request, Buffer body) throws Refusal {
        String authorization = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (!authorization.startsWith(BEARER)
                || !tokens.knows(authorization.substring(BEARER.length()))) {
            throw Refusal.unauthenticated();
        }
        Matcher resource = RESOURCE.matcher(request.path());
        if (!resource.matches()) {
            throw Refusal.notFound("Not Found");
        }
        if (!resource.group(2).equals(account.project())) {
            throw Refusal.forbidden(
                    "Cloud IAM permission 'cloudtranslate.generalModels.predict'" + " denied.");
        }
        if (!account.locations().contains(resource.group(3))) {
            throw Refusal.invalid("Invalid location name.");
        }
        String parent = resource.group(1);
        String what = resource.group(4);
        boolean posted = request.method().equals(HttpMethod.POST);
        if (posted && what.equals(":translateText")) {
            return translate(parent, Parameters.json(body));
        }
        if (!posted && what.equals("/supportedLanguages")) {
            model(parent, Parameters.of(request, body).one("model"));
            return languages();
        }
        if (!posted && what.startsWith("/glossaries/")) {
            glossary(parent, parent + what);
            return new Reply.Known(new JsonObject().put("name", parent + what));
        }
        throw Refusal.notFound("Not Found");
    }

    private Reply translate(String parent, JsonObject body) throws Refusal {
        String target = Languages.known(text(body, "targetLanguageCode"), "Target language");
        String source = text(body, "sourceLanguageCode");
        String from = source.isEmpty() ? "en" : Languages.known(source, "Source language");
        if (from.equals(target)) {
            throw Refusal.invalid("Target language can't be equal to source language.");
        }
        Optional<String> model = Optional.of(text(body, "model")).filter(name -> !name.isEmpty());
        model(parent, model);
        String mime = text(body, "mimeType");
        if (!mime.isEmpty() && !mime.equals("text/html") && !mime.equals("text/plain")) {
            throw Refusal.invalid("Invalid mime type.");
        }
        JsonObject glossaryConfig = body.getJsonObject("glossaryConfig");
        Map<String, String> terms =
                glossaryConfig == null
                        ? Map.of()
                        : glossary(parent, text(glossaryConfig, "glossary"));
        if (glossaryConfig != null && source.isEmpty()) {
            throw Refusal.invalid("Source language code is required with a glossary.");
        }
        var order =
                new TranslateRequest(texts(body), from, target, !mime.equals("text/plain"), terms);
        String named = model.orElse(parent + "/models/general/nmt");
        return new Reply.Translation(
                order,
                translated -> {
                    var answer =
                            new JsonObject()
                                    .put(
                                            "translations",
                                            each(
                                                    translated,
                                                    one -> Optional.of(one.text()),
                                                    named));
                    return glossaryConfig == null
                            ? answer
                            : answer.put(
                                    "glossaryTranslations",
                                    each(translated, Reply.Translated::byGlossary, named));
                });
    }

    private static JsonArray each(
            List<Reply.Translated> translated,
            Function<Reply.Translated, Optional<String>> text,
            String model) {
        var all = new JsonArray();
        translated.stream()
                .flatMap(one -> text.apply(one).stream())
                .forEach(
                        one ->
                                all.add(
                                        new JsonObject()
                                                .put("translatedText", one)
                                                .put("model", model)));
        return all;
    }

    private static List<String> texts(JsonObject body) throws Refusal {
        JsonArray contents = body.getJsonArray("contents", new JsonArray());
        List<String> texts = new ArrayList<>();
        contents.forEach(content -> texts.add(String.valueOf(content)));
        if (texts.isEmpty()) {
            throw Refusal.invalid("Contents is empty.");
        }
        if (texts.size() > MOST_TEXTS) {
            throw Refusal.invalid("The total number of contents must be less than 1024.");
        }
        if (texts.stream().mapToInt(text -> text.codePointCount(0, text.length())).sum()
                > MOST_CHARACTERS) {
            throw Refusal.invalid("Text is too long.");
        }
        return texts;
    }

    private void model(String parent, Optional<String> name) throws Refusal {
        if (name.isEmpty()) {
            return;
        }
        String prefix = parent + "/models/";
        if (!name.get().startsWith(prefix)) {
            throw Refusal.invalid("Invalid resource name: model.");
        }
        if (!account.models().contains(name.get().substring(prefix.length()))) {
            throw Refusal.notFound("Model not found.");
        }
    }

    /// The terms of the glossary `name`.
    private Map<String, String> glossary(String parent, String name) throws Refusal {
        String prefix = parent + "/glossaries/";
        if (!name.startsWith(prefix)) {
            throw Refusal.invalid("Invalid resource name: glossary.");
        }
        Map<String, String> terms = account.glossaries().get(name.substring(prefix.length()));
        if (terms == null || parent.endsWith("/global")) {
            throw Refusal.notFound("Glossary not found.");
        }
        return terms;
    }

    private static Reply languages() {
        var all = new JsonArray();
        Languages.CODES.forEach(
                code ->
                        all.add(
                                new JsonObject()
                                        .put("languageCode", code)
                                        .put("supportSource", true)
                                        .put("supportTarget", true)));
        return new Reply.Known(new JsonObject().put("languages", all));
    }

    private static String text(JsonObject body, String name) throws Refusal {
        Object value = body.getValue(name, "");
        if (value instanceof String text) {
            return text;
        }
        throw Refusal.invalid("Invalid value at '" + name + "'.");
    }
}
