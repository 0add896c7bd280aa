package io.sandalphone.ops;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.InetAddress;
import java.time.Duration;

/// Where operators reach us, what they must show, and what their connections may take. `port` 0 takes
/// any free one.
public record HttpSettings(
        InetAddress listen, int port, Secret token, ConnectionLimits connections) {
    /// How many characters a token has at least.
    private static final int SHORTEST_TOKEN = 16;

    public HttpSettings {
        if (!isLongEnough(token)) {
            throw new IllegalArgumentException(
                    "a token shorter than " + SHORTEST_TOKEN + " characters");
        }
    }

    /// Reads the section `http`.
    public static Setting<HttpSettings> read(Section section) {
        Setting<InetAddress> listen = section.ipAddress("listen");
        Setting<Integer> port = section.integer("port", 0, 65_535);
        Setting<Secret> token =
                section.check(
                        "token",
                        section.secret("token"),
                        "a secret of at least " + SHORTEST_TOKEN + " characters",
                        HttpSettings::isLongEnough);
        Setting<Integer> max = section.integer("max-connections", 2, 10_000);
        Setting<Duration> request =
                section.duration("request-timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
        Setting<Duration> idle =
                section.duration("idle-timeout", Duration.ofMillis(100), Duration.ofMinutes(10));
        return section.make(
                () ->
                        new HttpSettings(
                                listen.get(),
                                port.get(),
                                token.get(),
                                new ConnectionLimits(max.get(), request.get(), idle.get())));
    }

    /// Whether a token is too long to be guessed.
    private static boolean isLongEnough(Secret token) {
        return token.reveal().length() >= SHORTEST_TOKEN;
    }

    /// Whether only programs of this machine reach the listener.
    public boolean isLocal() {
        return listen.isLoopbackAddress();
    }
}
