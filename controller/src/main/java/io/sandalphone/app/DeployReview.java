package io.sandalphone.app;

import io.sandalphone.deploy.Deployment;
import io.sandalphone.telephony.stream.PublicUrl;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What of the settings matters to the server around the gateway.
final class DeployReview {
    private static final int HTTPS = 443;

    /// Engines that recognize speech on this machine, and keep processors busy with it.
    private static final Set<String> RECOGNIZE_HERE = Set.of("whisper");

    private DeployReview() {}

    static Deployment of(Settings settings) {
        // A name that leads to this machine alone is nobody's else business.
        Optional<URI> url =
                settings.streams()
                        .publicUrl()
                        .filter(PublicUrl::secure)
                        .map(own -> URI.create(own.web("/")));
        Map<String, InetSocketAddress> listeners = new LinkedHashMap<>();
        listeners.put("http", place(settings.http().listen(), settings.http().port()));
        settings.publicHttp()
                .ifPresent(own -> listeners.put("public-http", place(own.listen(), own.port())));
        return new Deployment(
                url.map(URI::getHost),
                url.map(URI::getPort).filter(port -> port > 0).orElse(HTTPS),
                listeners,
                settings.limits().maxConcurrentCalls(),
                settings.asterisk().isPresent(),
                FallbackRoutes.of(settings.routes()),
                settings.speech().makers().keySet().stream().anyMatch(RECOGNIZE_HERE::contains));
    }

    /// Where a listener is reached from this machine.
    private static InetSocketAddress place(InetAddress listen, int port) {
        return new InetSocketAddress(
                listen.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listen, port);
    }
}
