package io.sandalphone.telephony.asterisk.ari;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// Where an Asterisk is, and who we are to it.
///
/// @param uri where ARI answers, such as `http://127.0.0.1:8088/ari`
/// @param user name of the ARI user (ari.conf)
/// @param application name of the Stasis application; its events are ours alone
/// @param connections most HTTP connections at once, of all event loops together, but two for each; Asterisk's `sessionlimit` (http.conf, 100)
///     must leave room for them
public record AriSettings(
        URI uri,
        String user,
        Secret password,
        String application,
        int connections,
        AriTimings timings) {
    private static final int USUAL_CONNECTIONS = 48;

    public AriSettings {
        var scheme = uri.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException("ARI address is not http or https: " + scheme);
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "ARI address must be like http://127.0.0.1:8088/ari, without user and query");
        }
        if (user.isBlank() || user.contains(":")) {
            throw new IllegalArgumentException("ARI user is empty or contains a colon");
        }
        if (!isApplicationName(application)) {
            throw new IllegalArgumentException(
                    "ARI application \"" + application + "\" is not letters, digits, - and _");
        }
        if (connections < 1) {
            throw new IllegalArgumentException("ARI connections " + connections + " is not >= 1");
        }
    }

    /// Whether a Stasis application can have this name.
    private static boolean isApplicationName(String name) {
        return name.matches("[A-Za-z0-9_-]+");
    }

    /// The value of the `Authorization` header that shows who we are (RFC 7617).
    public String authorization() {
        byte[] credentials = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /// With 48 connections and the usual timings.
    public static AriSettings of(URI uri, String user, Secret password, String application) {
        return new AriSettings(
                uri, user, password, application, USUAL_CONNECTIONS, AriTimings.usual());
    }

    /// The same, with another time-out for requests.
    public AriSettings withRequestTimeout(Duration timeout) {
        return new AriSettings(
                uri,
                user,
                password,
                application,
                connections,
                new AriTimings(
                        timeout,
                        timings.ping(),
                        timings.silence(),
                        timings.firstRetry(),
                        timings.longestRetry()));
    }

    /// Reads the section `asterisk.ari`.
    public static Setting<AriSettings> read(Section section) {
        Setting<URI> url = section.uri("url", "https", "http");
        Setting<String> user = section.text("user");
        Setting<Secret> password = section.secret("password");
        Setting<String> application =
                section.check(
                        "application",
                        section.text("application"),
                        "a name of letters, digits, _ and -",
                        AriSettings::isApplicationName);
        Setting<Duration> timeout =
                section.duration("request-timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
        return section.make(
                () ->
                        of(url.get(), user.get(), password.get(), application.get())
                                .withRequestTimeout(timeout.get()));
    }
}
