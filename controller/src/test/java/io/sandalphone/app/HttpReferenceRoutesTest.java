package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.metrics.Metrics;
import io.sandalphone.ops.OperatorServer;
import io.sandalphone.ops.Operators;
import io.sandalphone.ops.OpsMeters;
import io.sandalphone.ops.PublicServer;
import io.sandalphone.telephony.Survivors;
import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.web.HttpReference;
import io.sandalphone.web.TokenCheck;
import io.sandalphone.web.TokenMeters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the two listeners serve with everything configured, and what the HTTP reference says they do.
class HttpReferenceRoutesTest {
    private static final String EVERYTHING =
            """
            public-url: https://gw.example.org
            public-http: {listen: 127.0.0.1, port: 0}
            public-operators: true
            http: {port: 0}
            clients: {}
            twilio: {}
            telnyx: {}
            """;

    private static final Map<String, String> SECRETS =
            Map.of(
                    "SANDALPHONE_TOKEN", "0123456789abcdef",
                    "TELNYX_API_KEY", "KEY-of-nobody",
                    "TELNYX_APP_ID", "1000000000000000001",
                    "TELNYX_PHONE_NUMBER", "+15551230004",
                    "TELNYX_PUBLIC_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                    "TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef",
                    "TWILIO_AUTH_TOKEN", "a-twilio-token",
                    "TWILIO_PHONE_NUMBER", "+15551230003");

    private final Vertx vertx = Vertx.vertx();
    private final Metrics metrics = new Metrics();

    @AfterEach
    void stop() throws Exception {
        EventLoops.await(vertx.close());
        metrics.close();
    }

    @Test
    void every_route_stands_in_the_reference_and_the_other_way_round() throws Exception {
        Settings settings =
                new SettingsReader(SECRETS, Engines.providers())
                        .read(ConfigTree.yaml("test.yaml", EVERYTHING))
                        .settings();
        WebRtcVoiceDetector.load(settings.nativeFolder());
        var calls =
                Rehearsal.calls(
                        settings,
                        new RehearsedEngines(0),
                        () -> WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE),
                        metrics);
        var check =
                new TokenCheck(
                        settings.http().token(),
                        TokenMeters.register(metrics.registry()),
                        System::nanoTime);
        var loops = EventLoops.start(vertx, _ -> {});
        try (var carriers =
                new Carriers(settings, vertx, loops, calls, Survivors.NONE, check, metrics)) {
            var operators =
                    new Operators(
                            calls,
                            settings.terms(),
                            metrics,
                            OpsMeters.register(metrics.registry()),
                            check,
                            Optional.empty(),
                            false);
            var own = new OperatorServer(settings.http(), operators, List.of());
            var outside =
                    new PublicServer(
                            settings.publicHttp().orElseThrow(),
                            List.of(),
                            carriers.paths(),
                            StreamEndpoint.LONGEST_MESSAGE,
                            Optional.of(operators),
                            InstantSource.system(),
                            metrics);
            EventLoops.await(vertx.deployVerticle(own));
            EventLoops.await(vertx.deployVerticle(outside));
            assertEquals(HttpReference.operations("operators"), served(own.routes()));
            assertEquals(HttpReference.operations("public"), served(outside.routes()));
        }
    }

    /// A route for every method only looks at requests that others answer. HEAD goes with GET.
    private static Set<String> served(List<Route> routes) {
        Set<String> served = new TreeSet<>();
        for (Route route : routes) {
            Set<HttpMethod> methods = route.methods() == null ? Set.of() : route.methods();
            for (HttpMethod method : methods) {
                if (!method.equals(HttpMethod.HEAD)) {
                    served.add(method + " " + route.getPath().replaceAll(":([a-z]+)", "{$1}"));
                }
            }
        }
        return served;
    }
}
