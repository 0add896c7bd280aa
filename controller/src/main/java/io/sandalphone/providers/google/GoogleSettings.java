package io.sandalphone.providers.google;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How Google Cloud Translation is asked, and what beside it.
///
/// @param endpoint scheme, host and port of the service, without a path
/// @param attempt how long one request may take
/// @param total how long a translation may take, with all that is repeated
/// @param contextClauses how many clauses before the one to translate go with it; each is billed
///     again with every clause it goes with
/// @param speech how recognition and voices are asked
record GoogleSettings(
        Edition edition,
        URI endpoint,
        Duration attempt,
        Duration total,
        int contextClauses,
        GoogleSpeechSettings speech) {
    /// The section they stand in, as findings begin the keys they name.
    static final String SECTION = "engines.google.";

    /// What stands for nothing, in `api-key`.
    private static final String NONE = "none";

    /// What stands for application default credentials, in `credentials`.
    private static final String DEFAULT = "default";

    /// What stands for the project of the credentials, in `project`.
    private static final String OF_CREDENTIALS = "of-credentials";

    private static final int MOST_CONTEXT = 10;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// Which edition of the service is asked, and what only that one knows.
    sealed interface Edition {
        /// What its requests are billed as, for the price table.
        String tariff();
    }

    /// Edition v2, "Basic": an API key is enough.
    record Basic(Secret apiKey) implements Edition {
        @Override
        public String tariff() {
            return Model.NMT.tariff();
        }
    }

    /// Edition v3, "Advanced".
    ///
    /// @param credentials the file of a service account; empty for Google's application default
    ///     credentials
    /// @param project empty for the project the credentials belong to
    /// @param glossaries ids of glossaries by pair of languages: `en-es`
    record Advanced(
            Optional<Path> credentials,
            Optional<String> project,
            String location,
            Model model,
            Map<String, String> glossaries)
            implements Edition {
        Advanced {
            glossaries = Map.copyOf(glossaries);
        }

        @Override
        public String tariff() {
            return model.tariff();
        }
    }

    /// What translates: `nmt`, `translation-llm`, or the id of a model of the project's own.
    record Model(String id) {
        static final Model NMT = new Model("nmt");
        static final Model LLM = new Model("translation-llm");

        Model {
            requireId(id);
        }

        /// Its resource name below the location's.
        String path() {
            return isGeneral() ? "models/general/" + id : "models/" + id;
        }

        String tariff() {
            return isGeneral() ? "google-" + id : "google-custom";
        }

        private boolean isGeneral() {
            return equals(NMT) || equals(LLM);
        }
    }

    private enum Api {
        V2,
        V3
    }

    /// Reads them from their section. Keys that only the other edition needs are judged by their form
    /// alone.
    static Setting<GoogleSettings> read(Section own) {
        Setting<Api> api = own.choice("api", Api.class);
        Setting<Secret> apiKey =
                own.check(
                        "api-key",
                        own.secret("api-key"),
                        "an API key, which api: v2 needs",
                        key -> api.get() == Api.V3 || !key.reveal().equals(NONE));
        Setting<Path> credentials =
                own.value("credentials", "the file of a service account, or default", Path::of);
        Setting<String> project = id(own, "project", "the id of a project, or " + OF_CREDENTIALS);
        Setting<Model> model =
                own.check(
                        "model",
                        own.value("model", "nmt, translation-llm or the id of a model", Model::new),
                        "nmt, the one model of api: v2",
                        named -> api.get() == Api.V3 || named.equals(Model.NMT));
        Setting<Map<String, String>> glossaries =
                own.check(
                        "glossaries",
                        glossaries(own.section("glossaries")),
                        "none, since only api: v3 has glossaries",
                        named -> api.get() == Api.V3 || named.isEmpty());
        Setting<String> location =
                own.check(
                        "location",
                        id(own, "location", "a region of Google's, or global"),
                        "a region, since glossaries exist only in one",
                        named -> !named.equals("global") || glossaries.get().isEmpty());
        Setting<URI> endpoint =
                own.check(
                        "endpoint",
                        own.uri("endpoint", "https", "http"),
                        "an address without a path",
                        address -> address.getRawPath().isEmpty() && address.getRawQuery() == null);
        Setting<Duration> total = own.duration("timeout", SHORTEST, LONGEST);
        Setting<Duration> attempt =
                own.check(
                        "attempt-timeout",
                        own.duration("attempt-timeout", SHORTEST, LONGEST),
                        "no more than timeout",
                        within -> within.compareTo(total.get()) <= 0);
        Setting<Integer> contextClauses = own.integer("context-clauses", 0, MOST_CONTEXT);
        Setting<GoogleSpeechSettings> speech = GoogleSpeechSettings.read(own);
        return own.make(
                () ->
                        new GoogleSettings(
                                switch (api.get()) {
                                    case V2 -> new Basic(apiKey.get());
                                    case V3 ->
                                            new Advanced(
                                                    Optional.of(credentials.get())
                                                            .filter(
                                                                    f ->
                                                                            !f.equals(
                                                                                    Path.of(
                                                                                            DEFAULT))),
                                                    Optional.of(project.get())
                                                            .filter(p -> !p.equals(OF_CREDENTIALS)),
                                                    location.get(),
                                                    model.get(),
                                                    glossaries.get());
                                },
                                endpoint.get(),
                                attempt.get(),
                                total.get(),
                                contextClauses.get(),
                                speech.get()));
    }

    /// The glossary of each pair of languages the section names.
    private static Setting<Map<String, String>> glossaries(Section own) {
        List<Map.Entry<String, Setting<String>>> read = new ArrayList<>();
        own.raw()
                .fieldNames()
                .forEachRemaining(
                        pair -> {
                            if (pair.matches("[a-z]{2,3}-[a-z]{2,3}")) {
                                read.add(Map.entry(pair, id(own, pair, "the id of a glossary")));
                            }
                        });
        return own.make(
                () -> {
                    Map<String, String> glossaries = new HashMap<>();
                    read.forEach(entry -> glossaries.put(entry.getKey(), entry.getValue().get()));
                    return glossaries;
                });
    }

    private static Setting<String> id(Section own, String key, String expected) {
        return own.value(key, expected, GoogleSettings::requireId);
    }

    /// Ids become parts of paths, so nothing else may be in them.
    private static String requireId(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,62}")) {
            throw new IllegalArgumentException("not an id: " + text);
        }
        return text;
    }
}
