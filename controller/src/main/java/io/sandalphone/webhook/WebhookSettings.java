package io.sandalphone.webhook;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where things are sent to a server of the operator's own.
///
/// @param url empty: nowhere
/// @param secret that each request is signed with
/// @param timeout for each attempt to deliver one
public record WebhookSettings(Optional<URI> url, Optional<Secret> secret, Duration timeout) {
    /// Nowhere.
    public static final WebhookSettings NONE =
            new WebhookSettings(Optional.empty(), Optional.empty(), Duration.ofSeconds(2));

    private static final String NOTHING = "none";
    private static final int LEAST_SECRET = 16;

    public WebhookSettings {
        if (url.isPresent() && secret.isEmpty()) {
            throw new IllegalArgumentException(
                    "a url without a secret, which signs what goes there");
        }
    }

    /// Reads `url`, `secret` and `timeout` of `section`.
    public static Setting<WebhookSettings> read(Section section) {
        Setting<Optional<URI>> url =
                section.raw().path("url").asText().equals(NOTHING)
                        ? section.valueOrNone("url", "an address", URI::create)
                        : address(section);
        Setting<Secret> secret =
                section.check(
                        "secret",
                        section.secret("secret"),
                        "a secret of at least " + LEAST_SECRET + " characters, or none",
                        text ->
                                text.reveal().equals(NOTHING)
                                        || text.reveal().length() >= LEAST_SECRET);
        Setting<Duration> timeout =
                section.duration("timeout", Duration.ofMillis(100), Duration.ofSeconds(3));
        return section.make(
                () ->
                        new WebhookSettings(
                                url.get(),
                                Optional.of(secret.get())
                                        .filter(text -> !text.reveal().equals(NOTHING)),
                                timeout.get()));
    }

    private static Setting<Optional<URI>> address(Section section) {
        Setting<URI> url = section.uri("url", "https", "http");
        return section.make(() -> Optional.of(url.get()));
    }
}
