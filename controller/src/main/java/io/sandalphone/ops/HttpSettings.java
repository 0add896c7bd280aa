package io.sandalphone.ops;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// Where operators reach us, what they must show, and what their connections may take. `port` 0 takes
/// any free one.
public record HttpSettings(
        InetAddress listen,
        int port,
        Secret token,
        ConnectionLimits connections,
        Optional<HttpTls> tls) {
    /// How many characters a token has at least.
    private static final int SHORTEST_TOKEN = 16;

    public HttpSettings {
        if (!isToken(token)) {
            throw new IllegalArgumentException(
                    "a token shorter than "
                            + SHORTEST_TOKEN
                            + " characters, or one that no header can carry");
        }
    }

    /// Reads the section `http`.
    public static Setting<HttpSettings> read(Section section) {
        Setting<Optional<HttpTls>> tls = HttpTls.read(section.section("tls"));
        Setting<Boolean> plaintext = section.flag("allow-plaintext");
        Setting<InetAddress> listen =
                section.check(
                        "listen",
                        section.ipAddress("listen"),
                        "loopback, or http.tls, or http.allow-plaintext: true where nobody can"
                                + " listen in",
                        address ->
                                address.isLoopbackAddress()
                                        || tls.get().isPresent()
                                        || plaintext.get());
        Setting<Integer> port = section.integer("port", 0, 65_535);
        Setting<Secret> token =
                section.check(
                        "token",
                        section.secret("token"),
                        "a secret of at least "
                                + SHORTEST_TOKEN
                                + " characters, all of them printable ASCII and no spaces",
                        HttpSettings::isToken);
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
                                new ConnectionLimits(max.get(), request.get(), idle.get()),
                                tls.get()));
    }

    /// Whether a token is too long to be guessed, and arrives in a header as it was written.
    private static boolean isToken(Secret token) {
        return token.reveal().matches("[!-~]{" + SHORTEST_TOKEN + ",}");
    }

    /// Whether only programs of this machine reach the listener.
    public boolean isLocal() {
        return listen.isLoopbackAddress();
    }
}
