package io.sandalphone.harness.ari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.ChannelDtmfReceived;
import ch.loway.oss.ari4java.generated.models.StasisStart;
import ch.loway.oss.ari4java.generated.models.Variable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Secret;
import io.sandalphone.harness.ari.RecordingListener.Said;
import io.sandalphone.telephony.asterisk.ari.AriConnection;
import io.sandalphone.telephony.asterisk.ari.AriException;
import io.sandalphone.telephony.asterisk.ari.AriMeters;
import io.sandalphone.telephony.asterisk.ari.AriSettings;
import io.sandalphone.telephony.asterisk.ari.AriTimings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class AriConnectionTest {
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AriMeters meters = AriMeters.register(registry);
    private final RecordingListener heard = new RecordingListener();
    private Vertx vertx;
    private FakeAri fake;
    private AriConnection ari;

    @BeforeEach
    void connect() {
        vertx = Vertx.vertx();
        fake = FakeAri.start();
        ari = start(settings());
        assertEquals(new Said.Up(), heard.next());
    }

    @AfterEach
    void close() {
        ari.stop().await();
        vertx.close().await();
        fake.close();
    }

    private AriConnection start(AriSettings settings) {
        var connection = new AriConnection(vertx, settings, heard, meters);
        var _ = connection.start();
        return connection;
    }

    /// The usual settings, only quicker to reconnect.
    private AriSettings settings() {
        return settings(Duration.ofSeconds(5), fake.settings().uri());
    }

    private AriSettings settings(Duration request, URI uri) {
        return with(
                uri,
                new AriTimings(
                        request,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20)));
    }

    /// The same, but probing all the time.
    private AriSettings listeningClosely(URI uri) {
        return with(
                uri,
                new AriTimings(
                        Duration.ofSeconds(5),
                        Duration.ofMillis(20),
                        SILENCE,
                        Duration.ofMillis(5),
                        Duration.ofMillis(20)));
    }

    private static AriSettings withConnections(int connections, AriSettings settings) {
        return new AriSettings(
                settings.uri(),
                settings.user(),
                settings.password(),
                settings.application(),
                connections,
                settings.timings());
    }

    private AriSettings with(URI uri, AriTimings timings) {
        var usual = fake.settings();
        return new AriSettings(
                uri,
                usual.user(),
                usual.password(),
                usual.application(),
                usual.connections(),
                timings);
    }

    /// Instead of the connection there is.
    private void restart(AriSettings settings) {
        ari.stop().await();
        ari = start(settings);
        assertEquals(new Said.Up(), heard.next());
    }

    private Future<Channel> channel(String id) {
        return ari.send(
                Channel.class, (actions, answer) -> actions.channels().get(id).execute(answer));
    }

    private static AriException failure(Future<?> future) {
        return assertThrows(AriException.class, future::await);
    }

    @Test
    void events_come_in_the_order_of_their_arrival_on_one_thread() {
        var caller = fake.inboundCall("+15550001111");
        IntStream.range(0, 400).forEach(n -> fake.dtmf(caller, String.valueOf(n)));

        var arrived = heard.event(StasisStart.class);
        assertEquals(caller, arrived.getChannel().getId());
        assertEquals(List.of("inbound", "+15550001111"), arrived.getArgs());
        for (var n = 0; n < 400; n++) {
            assertEquals(String.valueOf(n), heard.event(ChannelDtmfReceived.class).getDigit());
        }
        assertEquals(1, heard.threads.size());
        assertEquals(
                400,
                registry.get("sandalphone.ari.events")
                        .tag("type", "ChannelDtmfReceived")
                        .counter()
                        .count());
    }

    @Test
    void an_event_of_an_unknown_type_is_counted_and_skipped() {
        fake.inject("{\"type\":\"CallBroadcast\",\"timestamp\":\"2026-11-21T10:00:00.000+0000\"}");
        var caller = fake.inboundCall("+15550001111");

        assertEquals(caller, heard.event(StasisStart.class).getChannel().getId());
        assertEquals(1, meters.unknownEvents().count());
        assertEquals(0, meters.malformedEvents().count());
    }

    @Test
    void what_is_no_event_is_counted_and_skipped() {
        for (var text :
                List.of(
                        "",
                        "{",
                        "[]",
                        "42",
                        "null",
                        "{\"no\":\"type\"}",
                        "{\"type\":{}}",
                        "{\"type\":\"StasisStart\",\"timestamp\":\"yesterday\"}",
                        "{\"type\":\"StasisStart\",\"args\":7}",
                        "{\"type\":\"StasisStart\",\"channel\":{\"creationtime\":null}}")) {
            fake.inject(text);
        }
        var caller = fake.inboundCall("+15550001111");

        assertEquals(caller, heard.event(StasisStart.class).getChannel().getId());
        assertEquals(10, meters.malformedEvents().count());
        assertTrue(ari.up());
    }

    @Test
    void fields_without_a_model_are_ignored_with_all_that_is_in_them() {
        fake.inject(
                "{\"type\":\"StasisStart\",\"args\":[\"a\"],"
                    + "\"variables\":{\"args\":[\"x\"],\"type\":\"Dial\",\"deep\":{\"args\":[]}},"
                    + "\"channel\":{\"report\":{\"id\":\"wrong\"},\"id\":\"right\","
                    + "\"more\":[{\"id\":\"wrong\"}]}}");

        var event = heard.event(StasisStart.class);
        assertEquals(List.of("a"), event.getArgs());
        assertEquals("right", event.getChannel().getId());
    }

    @Test
    void a_request_is_answered_with_a_model() {
        var caller = fake.inboundCall("+15550001111");

        assertEquals("Ring", channel(caller).await().getState());
        assertEquals(
                List.of(caller),
                ari
                        .sendForList(
                                Channel.class,
                                (actions, answer) -> actions.channels().list().execute(answer))
                        .await()
                        .stream()
                        .map(Channel::getId)
                        .toList());
        assertEquals(
                2 + 1, meters.request(AriMeters.Outcome.OK).count(), "with the one of connecting");
    }

    @Test
    void parameters_and_variables_arrive_as_they_were_given() {
        var caller = fake.inboundCall("+15550001111");
        var value = "a b+c&d=e%20f/ü;#?";

        ari.send(
                        (actions, answer) ->
                                actions.channels()
                                        .setChannelVar(caller, "SP X")
                                        .setValue(value)
                                        .execute(answer))
                .await();
        ari.send(
                        Channel.class,
                        (actions, answer) ->
                                actions.channels()
                                        .create("PJSIP/+34910000000@voipms", "sandalphone")
                                        .setChannelId("sp-1-destination")
                                        .setAppArgs("destination,1")
                                        .addVariables("SP_CALL", value)
                                        .execute(answer))
                .await();

        assertEquals(value, fake.variable(caller, "SP X"));
        assertEquals(value, fake.variable("sp-1-destination", "SP_CALL"));
        assertEquals(
                "PJSIP/+34910000000@voipms",
                fake.awaitRequest("POST", "/channels/create").parameter("endpoint"));
        assertEquals(
                value,
                ari.send(
                                Variable.class,
                                (actions, answer) ->
                                        actions.channels()
                                                .getChannelVar(caller, "SP X")
                                                .execute(answer))
                        .await()
                        .getValue());
    }

    @Test
    void what_does_not_exist_is_told_apart_from_other_refusals() {
        fake.failNext("GET", "/channels/busy", 503);
        fake.failNext("GET", "/channels/wrong", 409);

        var missing = failure(channel("none"));
        assertTrue(missing.notFound());
        assertEquals("GET /channels/none: 404 Channel not found", missing.getMessage());
        assertEquals(503, failure(channel("busy")).status());
        assertEquals(409, failure(channel("wrong")).status());
        assertEquals(1, meters.request(AriMeters.Outcome.NOT_FOUND).count());
        assertEquals(1, meters.request(AriMeters.Outcome.FAILED).count());
        assertEquals(1, meters.request(AriMeters.Outcome.REFUSED).count());
    }

    @Test
    void a_request_without_an_answer_fails_in_time_and_frees_its_connection() {
        // As few as a loop has at least, and long enough for the request that is answered, on a
        // busy machine too.
        var few = withConnections(2, settings(Duration.ofSeconds(2), fake.settings().uri()));
        restart(few);
        var caller = fake.inboundCall("+15550001111");
        for (var n = 0; n < few.connections(); n++) {
            fake.stallNext("GET", "/channels/" + caller);
        }

        var stalled = IntStream.range(0, few.connections()).mapToObj(_ -> channel(caller)).toList();
        for (var request : stalled) {
            var failure = failure(request);
            assertEquals(AriException.NO_ANSWER, failure.status());
            assertFalse(failure.notFound());
        }
        assertEquals(caller, channel(caller).await().getId());
        assertEquals(few.connections(), meters.request(AriMeters.Outcome.TIMEOUT).count());
    }

    @Test
    void an_event_may_beat_the_answer_of_the_request_that_caused_it() {
        fake.delay("POST", "/channels/create", Duration.ofMillis(100));

        var created =
                ari.send(
                        Channel.class,
                        (actions, answer) ->
                                actions.channels()
                                        .create("PJSIP/34@voipms", "sandalphone")
                                        .setChannelId("sp-1-destination")
                                        .execute(answer));

        assertEquals("sp-1-destination", heard.event(StasisStart.class).getChannel().getId());
        assertFalse(created.isComplete());
        assertEquals("sp-1-destination", created.await().getId());
    }

    @Test
    void fifty_requests_from_several_contexts_are_each_answered_on_their_own() {
        var caller = fake.inboundCall("+15550001111");
        var mine = IntStream.range(0, 5).mapToObj(_ -> newContext()).toList();
        var answered = new ArrayList<CompletableFuture<Context>>();
        for (var n = 0; n < 50; n++) {
            var context = mine.get(n % mine.size());
            var done = new CompletableFuture<Context>();
            answered.add(done);
            context.runOnContext(
                    _ ->
                            channel(caller)
                                    .onComplete(
                                            _ -> done.complete(vertx.getOrCreateContext()),
                                            done::completeExceptionally));
        }

        for (var n = 0; n < 50; n++) {
            assertSame(mine.get(n % mine.size()), answered.get(n).join());
        }
    }

    /// Contexts are given to threads, so a thread of its own makes one.
    private Context newContext() {
        return CompletableFuture.supplyAsync(
                        vertx::getOrCreateContext, task -> new Thread(task).start())
                .join();
    }

    @Test
    void a_cut_connection_is_made_again() {
        fake.dropWebSocket();

        assertInstanceOf(Said.Down.class, heard.next());
        assertEquals(new Said.Up(), heard.next());
        var caller = fake.inboundCall("+15550001111");
        assertEquals(caller, heard.event(StasisStart.class).getChannel().getId());
    }

    @Test
    void an_asterisk_that_died_is_waited_for() {
        fake.crash();
        assertInstanceOf(Said.Down.class, heard.next());
        assertFalse(ari.up());
        assertEquals(AriException.NO_ANSWER, failure(channel("any")).status());

        fake.startAgain();
        assertEquals(new Said.Up(), heard.next());
        assertTrue(ari.up());
        assertTrue(meters.reconnects().count() >= 1);
    }

    @Test
    void nothing_is_heard_before_requests_are_answered() {
        fake.delay("GET", "/applications/.*", Duration.ofMillis(100));
        fake.dropWebSocket();
        assertInstanceOf(Said.Down.class, heard.next());
        fake.awaitConnection();
        var caller = fake.inboundCall("+15550001111");

        assertEquals(new Said.Up(), heard.next());
        assertEquals(caller, heard.event(StasisStart.class).getChannel().getId());
    }

    @Test
    void without_an_answer_about_the_application_it_tries_again() {
        restart(settings(Duration.ofMillis(300), fake.settings().uri()));
        fake.failNext("GET", "/applications/.*", 503);
        fake.stallNext("GET", "/applications/.*");
        fake.dropWebSocket();

        assertInstanceOf(Said.Down.class, heard.next());
        assertEquals(new Said.Up(), heard.next());
        assertTrue(meters.reconnects().count() >= 3);
    }

    @Test
    void the_start_is_over_when_events_flow() {
        ari.stop().await();
        fake.delay("GET", "/applications/.*", Duration.ofMillis(100));
        ari = new AriConnection(vertx, settings(), heard, meters);

        ari.start().timeout(10, TimeUnit.SECONDS).await();

        assertTrue(ari.up());
        assertEquals(new Said.Up(), heard.next());
    }

    @Test
    void the_start_does_not_wait_for_an_asterisk_that_is_not_there_or_does_not_answer() {
        ari.stop().await();
        ari = new AriConnection(vertx, unanswered(), heard, meters);
        fake.stallNext("GET", "/applications/.*");

        ari.start().timeout(10, TimeUnit.SECONDS).await();

        assertFalse(ari.up());
        ari.stop().await();
        fake.crash();
        ari = new AriConnection(vertx, settings(), heard, meters);
        ari.start().timeout(10, TimeUnit.SECONDS).await();
        assertFalse(ari.up());
    }

    /// Those that wait long before they try again.
    private AriSettings unanswered() {
        return with(
                fake.settings().uri(),
                new AriTimings(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60)));
    }

    @Test
    void replaced_by_another_controller_it_hears_nothing_more_and_can_take_off_what_is_ours() {
        var other = new RecordingListener();
        var second =
                new AriConnection(
                        vertx, settings(), other, AriMeters.register(new SimpleMeterRegistry()));
        var _ = second.start();

        assertEquals(new Said.Up(), other.next());
        assertEquals(new Said.Replaced(), heard.next());
        assertEquals(404, failure(channel("any")).status(), "an answer");
        fake.inboundCall("+15550001111");
        other.event(StasisStart.class);
        second.stop().await();
        assertNull(heard.peek());
    }

    @Test
    void a_silent_asterisk_counts_as_down() {
        var link = new FreezableLink(vertx, fake.settings().uri().getPort());
        restart(listeningClosely(link.through(fake.settings().uri())));

        link.freeze();
        assertEquals(new Said.Down("silent"), heard.next());
        link.thaw();
        assertEquals(new Said.Up(), heard.next());
    }

    @Test
    void a_quiet_asterisk_stays_up() {
        restart(listeningClosely(fake.settings().uri()));
        var later = new CompletableFuture<Boolean>();
        vertx.setTimer(SILENCE.toMillis() * 3 / 2, _ -> later.complete(ari.up()));

        assertTrue(later.join());
        assertNull(heard.peek());
    }

    @Test
    void a_listener_that_throws_misses_nothing_that_follows() {
        var caller = fake.inboundCall("+15550001111");
        heard.event(StasisStart.class);
        heard.throwNext();
        fake.dtmf(caller, "1");
        fake.dtmf(caller, "2");

        assertEquals("2", heard.event(ChannelDtmfReceived.class).getDigit());
        assertEquals(1, meters.listenerFaults().count());
    }

    @Test
    void stopped_it_is_silent_and_leaves_no_connection_behind() {
        var caller = fake.inboundCall("+15550001111");
        heard.event(StasisStart.class);
        ari.stop().await();

        assertFalse(ari.up());
        assertEquals(AriException.NO_ANSWER, failure(channel(caller)).status());
        fake.awaitNoConnections();
        assertNull(heard.peek());
    }

    @Test
    void many_connections_leave_no_thread_behind() {
        IntStream.range(0, 10).forEach(_ -> restart(settings()));
        var before = threads();
        IntStream.range(0, 20).forEach(_ -> restart(settings()));

        assertEquals(before, threads());
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("vert.x"))
                .collect(Collectors.toSet());
    }

    @Test
    void wrong_credentials_are_refused_and_never_printed() {
        ari.stop().await();
        var right = settings();
        var wrong =
                new AriSettings(
                        right.uri(),
                        right.user(),
                        new Secret("hidden word"),
                        right.application(),
                        right.connections(),
                        right.timings());
        ari = start(wrong);

        var failure = failure(channel("any"));
        assertEquals(401, failure.status());
        assertFalse(failure.toString().contains("hidden"));
        assertFalse(wrong.toString().contains("hidden"));
        assertFalse(ari.up());
    }
}
