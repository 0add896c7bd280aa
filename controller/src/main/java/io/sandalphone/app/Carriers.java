package io.sandalphone.app;

import io.sandalphone.media.rtp.RtpMeters;
import io.sandalphone.media.rtp.RtpSocket;
import io.sandalphone.metrics.Metrics;
import io.sandalphone.ops.HealthCheck;
import io.sandalphone.telephony.Arrivals;
import io.sandalphone.telephony.Carrier;
import io.sandalphone.telephony.asterisk.AsteriskCarrier;
import io.sandalphone.telephony.asterisk.AsteriskSettings;
import io.sandalphone.telephony.asterisk.MediaLoop;
import io.sandalphone.telephony.asterisk.OverlayMeters;
import io.sandalphone.telephony.asterisk.ari.AriMeters;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// The carriers that settings ask for, constructed by hand. What they arrive with goes to `arrivals`.
final class Carriers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Carriers.class);

    private final Vertx vertx;
    private final List<VertxLoop> loops;
    private final Arrivals arrivals;
    private final Metrics metrics;
    private final List<Carrier> carriers = new ArrayList<>();
    private final List<HealthCheck> checks = new ArrayList<>();
    private final List<Consumer<Router>> paths = new ArrayList<>();
    private final List<Runnable> starts = new ArrayList<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    /// Calls are spread over `loops`. Nothing arrives before [#start].
    Carriers(
            Settings settings,
            Vertx vertx,
            List<VertxLoop> loops,
            Arrivals arrivals,
            Metrics metrics)
            throws Exception {
        this.vertx = vertx;
        this.loops = loops;
        this.arrivals = arrivals;
        this.metrics = metrics;
        try {
            if (settings.asterisk().isPresent()) {
                addAsterisk(settings.asterisk().get());
            }
        } catch (Throwable e) {
            // An Error too leaves sockets behind.
            close();
            throw e;
        }
    }

    private void addAsterisk(AsteriskSettings settings) throws Exception {
        var carrier =
                new AsteriskCarrier(
                        vertx,
                        settings,
                        mediaLoops(InetAddress.getByName(settings.mediaAddress())),
                        arrivals,
                        AriMeters.register(metrics.registry()),
                        OverlayMeters.register(metrics.registry()));
        carriers.add(carrier);
        checks.add(HealthCheck.vital("asterisk", carrier::unavailableReason));
        starts.add(
                () -> {
                    carrier.start();
                    running.push(() -> EventLoops.await(carrier.stop()));
                });
    }

    /// Each loop with its RTP socket and one that nobody reads.
    private List<MediaLoop> mediaLoops(InetAddress address) throws Exception {
        var meters = RtpMeters.register(metrics.registry());
        List<MediaLoop> media = new ArrayList<>();
        for (VertxLoop loop : loops) {
            Context context = loop.context();
            RtpSocket socket =
                    EventLoops.await(RtpSocket.open(context, address, NanoClock.system(), meters));
            running.push(() -> closeOn(context, socket));
            RtpSocket sink =
                    EventLoops.await(
                            RtpSocket.openDeaf(context, address, NanoClock.system(), meters));
            running.push(() -> closeOn(context, sink));
            media.add(new MediaLoop(loop, socket, sink));
        }
        return media;
    }

    private static void closeOn(Context context, RtpSocket socket) throws Exception {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(
                _ -> {
                    socket.close();
                    closed.complete();
                });
        EventLoops.await(closed.future());
    }

    /// All of them, the one over which calls are usually made first.
    List<Carrier> all() {
        return List.copyOf(carriers);
    }

    /// What calls cannot do without.
    List<HealthCheck> checks() {
        return List.copyOf(checks);
    }

    /// What they need of the listener that the world reaches.
    List<Consumer<Router>> paths() {
        return List.copyOf(paths);
    }

    /// Connects to those that must be connected to; none need be there yet.
    void start() {
        starts.forEach(Runnable::run);
    }

    /// Ends what was started, the last first. What does not end is said, and keeps nothing else from it.
    @Override
    public void close() {
        running.forEach(Carriers::end);
        running.clear();
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.error("stopping, a part of a carrier did not close", e);
        }
    }
}
