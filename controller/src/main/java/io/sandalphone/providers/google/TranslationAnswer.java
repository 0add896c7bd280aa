package io.sandalphone.providers.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;

import java.util.Optional;

/// What Google answers to one text, of either edition, read for the translation that is in it.
///
/// @param glossary the translation by the glossary that was asked for
/// @param plain the translation without one
/// @param incomplete whether something was missing, or of another type
record TranslationAnswer(Optional<String> glossary, Optional<String> plain, boolean incomplete) {
    private static final String TRANSLATIONS = "translations";
    private static final String BY_GLOSSARY = "glossaryTranslations";
    private static final String TEXT = "translatedText";

    /// @throws UnreadableException when it is no JSON object
    static TranslationAnswer parse(String body) throws UnreadableException {
        JsonMessage json = JsonMessage.parse(body);
        // Edition v2 wraps it, v3 does not.
        JsonMessage answer = json.has("data") ? json.object("data") : json;
        Optional<String> plain = first(answer, TRANSLATIONS);
        Optional<String> glossary = first(answer.optional(), BY_GLOSSARY);
        return new TranslationAnswer(glossary, plain, json.lacks() > 0);
    }

    private static Optional<String> first(JsonMessage answer, String field) {
        for (JsonMessage each : answer.list(field)) {
            Optional<String> text = each.text(TEXT).or(each::text);
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.empty();
    }

    /// The translation; with a glossary, that by the glossary.
    Optional<String> text() {
        return glossary.or(() -> plain);
    }

    /// An answer of edition v3 with nothing in it but the translations, as Google documents them.
    String asDocumented() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        plain.ifPresent(text -> json.putArray(TRANSLATIONS).addObject().put(TEXT, text));
        glossary.ifPresent(text -> json.putArray(BY_GLOSSARY).addObject().put(TEXT, text));
        return json.toString();
    }
}
