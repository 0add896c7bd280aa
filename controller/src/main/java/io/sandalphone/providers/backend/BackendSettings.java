package io.sandalphone.providers.backend;

import io.sandalphone.config.Endpoint;
import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.http.UrlPath;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How the backend is asked.
///
/// @param enabled whether it is asked at all
/// @param baseUrl where its paths begin; there is one where it is enabled
/// @param secret what requests are signed with; empty: they are not
/// @param timeout how long an answer may take
/// @param history how many turns of the conversation before the last one go with each request
record BackendSettings(
        boolean enabled,
        Optional<URI> baseUrl,
        Optional<Secret> secret,
        Duration timeout,
        int history) {
    /// The section they stand in, as findings begin the keys they name.
    static final String SECTION = "brains.backend.";

    private static final String NONE = "none";
    private static final int MOST_HISTORY = 60;

    static Setting<BackendSettings> read(Section own) {
        Setting<Boolean> enabled = own.flag("enabled");
        Setting<Optional<URI>> baseUrl =
                own.check(
                        "base-url",
                        own.valueOrNone(
                                "base-url",
                                Endpoint.expected("https", "http"),
                                text -> Endpoint.parse(text, "https", "http")),
                        Endpoint.expected("https", "http") + ", since the backend is enabled",
                        address -> address.isPresent() || !enabled.get());
        Setting<Secret> secret = own.secret("secret");
        Setting<Duration> timeout =
                own.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
        Setting<Integer> history = own.integer("history", 0, MOST_HISTORY);
        return own.make(
                () ->
                        new BackendSettings(
                                enabled.get(),
                                baseUrl.get(),
                                Optional.of(secret.get()).filter(key -> !key.reveal().equals(NONE)),
                                timeout.get(),
                                history.get()));
    }

    /// The address of `path`, below the base.
    String at(String path) {
        return UrlPath.below(baseUrl.orElseThrow(), path);
    }
}
