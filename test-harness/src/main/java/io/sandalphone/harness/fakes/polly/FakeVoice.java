package io.sandalphone.harness.fakes.polly;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Optional;

/// A voice that Polly has in every region, and the engines it speaks with.
record FakeVoice(
        String id, String gender, String language, List<String> additional, List<String> engines) {
    private static final List<String> ALL = List.of("generative", "neural", "standard");
    private static final List<String> NEWER = List.of("generative", "neural");

    private static final List<FakeVoice> VOICES =
            List.of(
                    new FakeVoice("Lupe", "Female", "es-US", List.of("en-US"), ALL),
                    new FakeVoice("Pedro", "Male", "es-US", List.of("en-US"), NEWER),
                    of("Miguel", "Male", "es-US", List.of("standard")),
                    of("Penelope", "Female", "es-US", List.of("standard")),
                    of("Mia", "Female", "es-MX", ALL),
                    of("Andres", "Male", "es-MX", NEWER),
                    of("Lucia", "Female", "es-ES", ALL),
                    of("Sergio", "Male", "es-ES", NEWER),
                    of("Conchita", "Female", "es-ES", List.of("standard")),
                    of("Joanna", "Female", "en-US", ALL),
                    of("Matthew", "Male", "en-US", ALL),
                    of("Danielle", "Female", "en-US", List.of("generative", "long-form", "neural")),
                    of("Kendra", "Female", "en-US", List.of("neural", "standard")),
                    of("Amy", "Female", "en-GB", ALL));

    private static FakeVoice of(String id, String gender, String language, List<String> engines) {
        return new FakeVoice(id, gender, language, List.of(), engines);
    }

    static List<FakeVoice> all() {
        return VOICES;
    }

    static Optional<FakeVoice> find(String id) {
        return VOICES.stream().filter(voice -> voice.id().equals(id)).findFirst();
    }

    boolean speaks(String code) {
        return language.equals(code) || additional.contains(code);
    }

    JsonObject json(boolean withAdditional) {
        var json =
                new JsonObject()
                        .put("Id", id)
                        .put("Name", id)
                        .put("Gender", gender)
                        .put("LanguageCode", language)
                        .put("LanguageName", language)
                        .put("SupportedEngines", new JsonArray(engines));
        return withAdditional && !additional.isEmpty()
                ? json.put("AdditionalLanguageCodes", new JsonArray(additional))
                : json;
    }
}
