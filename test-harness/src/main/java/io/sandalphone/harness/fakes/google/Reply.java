package io.sandalphone.harness.fakes.google;

import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a request that was let in comes to.
sealed interface Reply {
    /// Something that is known already.
    record Known(JsonObject body) implements Reply {}

    /// Something to translate first.
    ///
    /// @param body the answer, made of the translations in the order of the texts
    record Translation(TranslateRequest order, Function<List<Translated>, JsonObject> body)
            implements Reply {}

    /// One text, translated.
    ///
    /// @param byGlossary the same with a glossary's terms, where one was asked for
    record Translated(String text, Optional<String> byGlossary) {}
}
