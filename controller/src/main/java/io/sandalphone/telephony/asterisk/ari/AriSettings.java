package io.sandalphone.telephony.asterisk.ari;

import io.sandalphone.config.Secret;

import java.net.URI;
import java.time.Duration;

/// Where an Asterisk is, and how patient we are with it.
///
/// @param uri where ARI answers, such as `http://127.0.0.1:8088/ari`
/// @param user name of the ARI user (ari.conf)
/// @param application name of the Stasis application; its events are ours alone
/// @param requestTimeout from sending a request to its whole answer
/// @param connections most HTTP connections at once; Asterisk's `sessionlimit` (http.conf, 100)
///     must leave room for them
/// @param pingEvery how often the silent events connection is probed
/// @param silenceLimit with nothing heard for so long, the events connection counts as lost
/// @param firstRetry wait before the first attempt to reconnect; doubles with every failure
/// @param longestRetry the longest such wait
public record AriSettings(
        URI uri,
        String user,
        Secret password,
        String application,
        Duration requestTimeout,
        int connections,
        Duration pingEvery,
        Duration silenceLimit,
        Duration firstRetry,
        Duration longestRetry) {

    public AriSettings {
        var scheme = uri.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException("ARI address " + uri + " is not http or https");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "ARI address must be like http://127.0.0.1:8088/ari, without user and query");
        }
        if (user.isBlank() || user.contains(":")) {
            throw new IllegalArgumentException("ARI user is empty or contains a colon");
        }
        if (!application.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                    "ARI application \"" + application + "\" is not letters, digits, - and _");
        }
        if (connections < 1) {
            throw new IllegalArgumentException("ARI connections " + connections + " is not >= 1");
        }
        requirePositive("request timeout", requestTimeout);
        requirePositive("ping interval", pingEvery);
        requirePositive("first retry", firstRetry);
        if (silenceLimit.compareTo(pingEvery) <= 0) {
            throw new IllegalArgumentException(
                    "ARI silence limit "
                            + silenceLimit
                            + " does not exceed ping interval "
                            + pingEvery);
        }
        if (longestRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException(
                    "ARI longest retry " + longestRetry + " is below first retry " + firstRetry);
        }
    }

    /// The usual patience: 5 s for a request, 16 connections, a ping every 5 s, lost after 15 s of
    /// silence, retries after 0.25 s up to 5 s.
    public static AriSettings of(URI uri, String user, Secret password, String application) {
        return new AriSettings(
                uri,
                user,
                password,
                application,
                Duration.ofSeconds(5),
                16,
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofMillis(250),
                Duration.ofSeconds(5));
    }

    /// The same, with another patience for requests.
    public AriSettings withRequestTimeout(Duration timeout) {
        return new AriSettings(
                uri,
                user,
                password,
                application,
                timeout,
                connections,
                pingEvery,
                silenceLimit,
                firstRetry,
                longestRetry);
    }

    private static void requirePositive(String what, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("ARI " + what + " " + duration + " is not positive");
        }
    }
}
