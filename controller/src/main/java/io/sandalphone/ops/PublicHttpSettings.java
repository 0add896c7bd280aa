package io.sandalphone.ops;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// Where the world reaches us: carriers with their webhooks and media streams, browsers, and whoever
/// watches whether we are there. `port` 0 takes any free one.
public record PublicHttpSettings(
        InetAddress listen, int port, ConnectionLimits connections, Optional<HttpTls> tls) {

    /// Reads the section `public-http`; nothing when it has no address to listen at.
    public static Setting<Optional<PublicHttpSettings>> read(Section section) {
        Setting<Optional<HttpTls>> tls = HttpTls.read(section.section("tls"));
        Setting<Boolean> plaintext = section.flag("allow-plaintext");
        Setting<Optional<InetAddress>> listen =
                section.check(
                        "listen",
                        section.valueOrNone(
                                "listen", "an IP address, or none", InetAddress::ofLiteral),
                        "loopback, behind a proxy that speaks TLS, or an address with"
                                + " public-http.tls, or public-http.allow-plaintext: true where"
                                + " nobody can listen in between that proxy and us",
                        address ->
                                address.map(
                                                found ->
                                                        found.isLoopbackAddress()
                                                                || tls.get().isPresent()
                                                                || plaintext.get())
                                        .orElse(true));
        Setting<Integer> port = section.integer("port", 0, 65_535);
        Setting<Integer> max = section.integer("max-connections", 2, 100_000);
        Setting<Duration> request =
                section.duration("request-timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
        Setting<Duration> idle =
                section.duration("idle-timeout", Duration.ofMillis(100), Duration.ofMinutes(10));
        return section.make(
                () ->
                        listen.get()
                                .map(
                                        address ->
                                                new PublicHttpSettings(
                                                        address,
                                                        port.get(),
                                                        new ConnectionLimits(
                                                                max.get(),
                                                                request.get(),
                                                                idle.get()),
                                                        tls.get())));
    }

    /// Whether only programs of this machine reach the listener.
    public boolean isLocal() {
        return listen.isLoopbackAddress();
    }
}
