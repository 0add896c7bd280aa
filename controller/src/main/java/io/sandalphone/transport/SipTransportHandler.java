package io.sandalphone.transport;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.markup.WaysBack;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.telnyx.TelnyxAnswering;
import io.sandalphone.telephony.telnyx.TelnyxMeters;
import io.sandalphone.telephony.twilio.TwilioAnswering;
import io.sandalphone.telephony.twilio.TwilioMeters;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.Router;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Takes the calls of numbers at Twilio and Telnyx: a handler of their webhooks and media sockets, to be
/// [mounted][#mount] in a router of one's own or [served][#listen] by a server of its own.
///
/// In the carrier's console the number's webhook for calls is `POST` [#webhook]. Every request must bear its carrier's signature;
/// the socket of a call is opened by a word that is of use once. What is held of each call, and how many there may be, is bounded
/// by [Limits]. All sound passes over one event loop, which nothing of the program's runs on. Thread-safe.
public final class SipTransportHandler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SipTransportHandler.class);

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final boolean ownsVertx;
    private final VertxLoop loop;
    private final PublicUrl publicUrl;
    private final Limits limits;
    private final Calls calls;
    private final ProviderDetection detection;
    private final StreamEndpoint sockets;
    private final Map<Provider, MarkupCarrier> carriers = new EnumMap<>(Provider.class);
    private @Nullable TransportServer server;
    private boolean closed;

    /// A handler for calls to `numbers`, which carriers reach at `publicUrl`, scheme and host such as `https://gw.example.org`
    /// (`http` on this machine alone).
    ///
    /// @throws DidConfigError when one of them cannot be used
    public static SipTransportHandler of(List<Did> numbers, OnSession onSession, String publicUrl) {
        return builder(numbers, onSession, publicUrl).build();
    }

    /// The same, with more to choose.
    public static Builder builder(List<Did> numbers, OnSession onSession, String publicUrl) {
        return new Builder(numbers, onSession, publicUrl);
    }

    /// What a handler is made of.
    public static final class Builder {
        private final List<Did> numbers;
        private final OnSession onSession;
        private final String publicUrl;
        private Limits limits = Limits.USUAL;
        private MeterRegistry registry = new SimpleMeterRegistry();
        private Consumer<? super SipTransportError> onError = _ -> {};
        private @Nullable Vertx vertx;

        private Builder(List<Did> numbers, OnSession onSession, String publicUrl) {
            this.numbers = List.copyOf(numbers);
            this.onSession = onSession;
            this.publicUrl = publicUrl;
        }

        /// Instead of [Limits#USUAL].
        public Builder limits(Limits limits) {
            this.limits = limits;
            return this;
        }

        /// Where what is refused, dropped and late is counted; in no two handlers the same.
        public Builder meters(MeterRegistry registry) {
            this.registry = registry;
            return this;
        }

        /// Is told what goes wrong outside of a call, on a virtual thread for each: [DidNotFoundError],
        /// [ProviderDetectionError]. All of it is logged as well.
        public Builder onError(Consumer<? super SipTransportError> onError) {
            this.onError = onError;
            return this;
        }

        /// Whose event loops are used; it stays the caller's to close. Else the handler has one of its own.
        public Builder vertx(Vertx vertx) {
            this.vertx = vertx;
            return this;
        }

        /// Makes it.
        ///
        /// @throws DidConfigError when numbers or address cannot be used
        public SipTransportHandler build() {
            return new SipTransportHandler(this);
        }
    }

    private SipTransportHandler(Builder from) {
        Map<Provider, Map<String, Did>> numbers = Did.byProvider(from.numbers);
        publicUrl = address(from.publicUrl);
        limits = from.limits;
        Vertx given = from.vertx;
        ownsVertx = given == null;
        vertx = given == null ? Vertx.vertx() : given;
        loop = new VertxLoop(vertx, ((VertxInternal) vertx).createEventLoopContext());
        Consumer<SipTransportError> errors = error -> told(error, from.onError);
        calls = new Calls(loop, from.onSession, limits, errors, from.registry);
        var streamMeters = StreamMeters.register(from.registry);
        numbers.forEach(
                (provider, own) ->
                        carriers.put(
                                provider,
                                carrier(
                                        own.values().iterator().next().account(),
                                        surroundings(own, streamMeters),
                                        from.registry)));
        detection = new ProviderDetection(carriers, errors);
        sockets =
                new StreamEndpoint(
                        carriers.values().stream()
                                .map(each -> new ReportedProtocol(each.protocol(), calls))
                                .toList(),
                        Optional.empty(),
                        streamMeters,
                        NanoClock.system());
    }

    private static PublicUrl address(String text) {
        try {
            return PublicUrl.read(text).url();
        } catch (IllegalArgumentException _) {
            throw new DidConfigError("public_url", PublicUrl.EXPECTED);
        }
    }

    private static void told(SipTransportError error, Consumer<? super SipTransportError> onError) {
        log.atWarn()
                .addKeyValue("error", error.getClass().getSimpleName())
                .addKeyValue("what", error.getMessage())
                .log("transport error");
        Thread.startVirtualThread(() -> onError.accept(error));
    }

    private MarkupCarrier.Surroundings surroundings(Map<String, Did> own, StreamMeters meters) {
        return new MarkupCarrier.Surroundings(
                publicUrl,
                loop,
                arrival -> calls.arrived(own, arrival),
                calls::join,
                WaysBack.NONE,
                meters,
                NanoClock.system());
    }

    private static MarkupCarrier carrier(
            Did.Account account, MarkupCarrier.Surroundings surroundings, MeterRegistry registry) {
        return switch (account) {
            case Did.Account.Twilio(var sid, var token) ->
                    new TwilioAnswering(sid, token, surroundings, TwilioMeters.register(registry));
            case Did.Account.Telnyx(var key) ->
                    new TelnyxAnswering(key, surroundings, TelnyxMeters.register(registry));
        };
    }

    /// The webhook that belongs into the console of either carrier, for calls that come in, by POST: `https://gw.example.org/voice`.
    public String webhook() {
        return publicUrl.web(ProviderDetection.PATH);
    }

    /// Serves webhooks and sockets by `router`: `/voice`, `/media-stream`, and what begins with `/twilio/` or `/telnyx/`. No handler
    /// before may have read a request's body. The server should read no message of a WebSocket above
    /// [StreamEndpoint#LONGEST_MESSAGE] and need not compress any.
    public void mount(Router router) {
        detection.mount(router);
        carriers.values().forEach(each -> each.mount(router));
        sockets.mount(router);
    }

    /// Serves at `port` of loopback, for a proxy that speaks TLS to carriers. Gives the port, where 0 was any. Blocks until it does;
    /// not to be called on an event loop.
    ///
    /// @throws java.io.UncheckedIOException when the port cannot be had
    public int listen(int port) {
        return listen("127.0.0.1", port);
    }

    /// The same at an address of one's choice. What comes there is not encrypted.
    public synchronized int listen(String host, int port) {
        if (server != null) {
            throw new IllegalStateException("it listens already");
        }
        Router router = Router.router(vertx);
        mount(router);
        var listening = new TransportServer(vertx, loop, router, limits.calls());
        int actual = listening.listen(host, port);
        server = listening;
        return actual;
    }

    /// Hangs up all calls and takes no more. Blocks for some seconds at most; not to be called on an event loop.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            calls.close().get(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("not all calls have ended in time; their connections are closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        carriers.values().forEach(MarkupCarrier::close);
        if (server != null) {
            server.close();
            server = null;
        }
        if (ownsVertx) {
            TransportServer.await(vertx.close());
        }
    }
}
