package io.sandalphone.harness.calls;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.BusMeters;
import io.sandalphone.bus.MixedBridges;
import io.sandalphone.config.Secret;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.media.rtp.RtpMeters;
import io.sandalphone.media.rtp.RtpSocket;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.Survivors;
import io.sandalphone.telephony.asterisk.AsteriskCarrier;
import io.sandalphone.telephony.asterisk.AsteriskSettings;
import io.sandalphone.telephony.asterisk.Elsewhere;
import io.sandalphone.telephony.asterisk.LegMeters;
import io.sandalphone.telephony.asterisk.LegSettings;
import io.sandalphone.telephony.asterisk.MediaLoop;
import io.sandalphone.telephony.asterisk.OverlayMeters;
import io.sandalphone.telephony.asterisk.ari.AriMeters;
import io.sandalphone.telephony.asterisk.ari.AriSettings;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A gateway whose every call passes through it, interpreted by nobody, though both legs are on Asterisk. It
/// says on standard output what happens, a line each, and takes an order on standard input.
final class HairpinProgram {
    /// The number rung for all calls.
    static final String RUNG = "+12025550103";

    /// The order to leave those who talk to their carriers.
    static final String LEAVE = "leave";

    private static final Duration RING = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Vertx vertx = Vertx.vertx();
    private final AsteriskCarrier carrier;
    private final Map<String, CallConnection> live = new ConcurrentHashMap<>();

    private HairpinProgram() throws Exception {
        var registry = new SimpleMeterRegistry();
        Context context = vertx.getOrCreateContext();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var rtp = RtpMeters.register(registry);
        RtpSocket socket = RtpSocket.open(context, loopback, NanoClock.system(), rtp).await();
        RtpSocket sink = RtpSocket.openDeaf(context, loopback, NanoClock.system(), rtp).await();
        carrier =
                new AsteriskCarrier(
                        vertx,
                        settings(),
                        List.of(new MediaLoop(new VertxLoop(vertx, context), socket, sink)),
                        this::arrived,
                        Survivors.NONE,
                        new Elsewhere(
                                new MixedBridges(BusMeters.register(registry)),
                                this::dial,
                                Set.of()),
                        AriMeters.register(registry),
                        OverlayMeters.register(registry),
                        LegMeters.register(registry),
                        StreamMeters.register(registry));
    }

    private static AsteriskSettings settings() {
        return new AsteriskSettings(
                AriSettings.of(
                        URI.create("http://127.0.0.1:8088/ari"),
                        AsteriskHost.ARI_USER,
                        new Secret(AsteriskHost.ARI_SECRET),
                        "sandalphone"),
                new AsteriskSettings.Trunk("PJSIP/{number}@voipms", new CallerIdPolicy("", false)),
                new AsteriskSettings.SilenceLimits(Duration.ofMinutes(1), Duration.ofMinutes(10)),
                "127.0.0.1",
                new LegSettings("127.0.0.1", 8089),
                Optional.empty());
    }

    /// Runs until standard input ends.
    public static void main(String[] arguments) throws Exception {
        var program = new HairpinProgram();
        program.carrier.start();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        program.reportWhenUp();
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            program.obey(order);
        }
        System.exit(0);
    }

    private void reportWhenUp() {
        vertx.setPeriodic(
                20,
                timer -> {
                    if (carrier.legs().unavailableReason().isEmpty()) {
                        vertx.cancelTimer(timer);
                        say("up");
                    }
                });
    }

    private void obey(String order) {
        if (!order.equals(LEAVE)) {
            throw new IllegalArgumentException(order);
        }
        live.values().forEach(each -> each.loop().execute(each::leave));
    }

    private static void say(String what) {
        System.out.println(what);
    }

    private Leg dial(LegContext context, Dial dial) {
        return carrier.legs().dial(context, dial);
    }

    private void arrived(Arrival arrival) {
        String call = arrival.callId();
        CallConnection connection = arrival.connect(Optional.of("elsewhere"));
        live.put(call, connection);
        connection.listen(event -> on(call, connection, event));
        connection.dial(
                Party.DESTINATION,
                new Dial(
                        new E164(RUNG),
                        CallerId.of("+12125550101"),
                        RING,
                        LONGEST,
                        Optional.of("elsewhere")));
    }

    private void on(String call, CallConnection connection, ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Gone(var party, var cause) -> {
                say("gone " + party + " " + cause);
                connection.release(party == Party.DESTINATION ? cause : HangupCause.NORMAL);
            }
            case ConnectionEvent.Answered(var party) -> say("answered " + party);
            case ConnectionEvent.Ringing(var party) -> say("ringing " + party);
            case ConnectionEvent.Failed(var why) -> {
                say("failed " + why);
                connection.release(HangupCause.CONGESTION);
            }
            case ConnectionEvent.Released _ -> {
                live.remove(call);
                say("released");
            }
            case ConnectionEvent.KeyPressed(var party, var key) ->
                    connection.passKeys(party, String.valueOf(key));
            case ConnectionEvent.Silent _,
                    ConnectionEvent.AudioAttached _,
                    ConnectionEvent.AudioLost _,
                    ConnectionEvent.Joined _,
                    ConnectionEvent.CarrierLost _,
                    ConnectionEvent.TakenOver _,
                    ConnectionEvent.LeftThere _ ->
                    say("unexpected " + event.getClass().getSimpleName());
        }
    }
}
