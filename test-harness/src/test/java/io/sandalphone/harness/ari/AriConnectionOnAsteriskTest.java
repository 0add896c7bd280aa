package io.sandalphone.harness.ari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.ChannelDestroyed;
import ch.loway.oss.ari4java.generated.models.ChannelVarset;
import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.generated.models.StasisStart;
import ch.loway.oss.ari4java.generated.models.Variable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Secret;
import io.sandalphone.harness.ari.RecordingListener.Said;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.NetworkVertx;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.telephony.asterisk.ari.AriConnection;
import io.sandalphone.telephony.asterisk.ari.AriMeters;
import io.sandalphone.telephony.asterisk.ari.AriSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.function.Supplier;

@RealAsterisk
class AriConnectionOnAsteriskTest {
    private static final String MEDIA = "sp-test-media";

    private final AriMeters meters = AriMeters.register(new SimpleMeterRegistry());
    private final RecordingListener heard = new RecordingListener();
    private Vertx vertx;
    private Context context;
    private AriConnection ari;

    @BeforeEach
    void connect(AsteriskHost host) throws Exception {
        vertx = NetworkVertx.in(host.vps());
        context = vertx.getOrCreateContext();
        ari =
                new AriConnection(
                        vertx,
                        AriSettings.of(
                                host.ari(),
                                AsteriskHost.ARI_USER,
                                new Secret(AsteriskHost.ARI_SECRET),
                                "sandalphone"),
                        heard,
                        meters);
        var _ = ari.start();
        assertEquals(new Said.Up(), heard.next());
    }

    @AfterEach
    void close() {
        ari.stop().await();
        vertx.close().await();
    }

    /// The answer to a request sent from the event loop, whose network is Asterisk's.
    private <T> T onLoop(Supplier<Future<T>> request) {
        var answer = Promise.<T>promise();
        context.runOnContext(_ -> request.get().onComplete(answer));
        return answer.future().await();
    }

    private Channel externalMedia() {
        return onLoop(
                () ->
                        ari.send(
                                Channel.class,
                                (actions, answer) ->
                                        actions.channels()
                                                .externalMedia(
                                                        "sandalphone", "127.0.0.1:4000", "ulaw")
                                                .setChannelId(MEDIA)
                                                .execute(answer)));
    }

    private Future<?> set(String name, String value) {
        return ari.send(
                (actions, answer) ->
                        actions.channels()
                                .setChannelVar(MEDIA, name)
                                .setValue(value)
                                .execute(answer));
    }

    private Future<?> count(int from, int to) {
        return from > to
                ? Future.succeededFuture()
                : set("COUNT", String.valueOf(from)).compose(_ -> count(from + 1, to));
    }

    private void hangUp() {
        onLoop(
                () ->
                        ari.send(
                                (actions, answer) ->
                                        actions.channels().hangup(MEDIA).execute(answer)));
        await(ChannelDestroyed.class);
    }

    private <M extends Message> M await(Class<M> type) {
        while (true) {
            var message = ((Said.Event) heard.next()).message();
            if (type.isInstance(message)) {
                return type.cast(message);
            }
        }
    }

    private String awaitVariable(String name) {
        while (true) {
            var set = await(ChannelVarset.class);
            if (set.getVariable().equals(name)) {
                return set.getValue();
            }
        }
    }

    @Test
    void four_hundred_events_come_in_order() {
        assertEquals("Down", externalMedia().getState());
        assertEquals(MEDIA, await(StasisStart.class).getChannel().getId());
        onLoop(() -> count(1, 400).mapEmpty());

        for (var n = 1; n <= 400; n++) {
            assertEquals(String.valueOf(n), awaitVariable("COUNT"));
        }
        hangUp();
        assertEquals(1, heard.threads.size());
        assertEquals(0, meters.malformedEvents().count());
    }

    @Test
    void values_come_back_as_they_were_given() {
        var value = "a b+c&d=e%20f/ü;#?";
        externalMedia();
        await(StasisStart.class);
        onLoop(() -> set("WORDS", value).mapEmpty());

        assertEquals(value, awaitVariable("WORDS"));
        var read =
                onLoop(
                        () ->
                                ari.send(
                                        Variable.class,
                                        (actions, answer) ->
                                                actions.channels()
                                                        .getChannelVar(MEDIA, "WORDS")
                                                        .execute(answer)));
        assertEquals(value, read.getValue());
        hangUp();
    }

    @Test
    void after_a_crash_it_is_up_again(AsteriskHost host) {
        host.kill();
        assertInstanceOf(Said.Down.class, heard.next());
        host.start();

        assertEquals(new Said.Up(), heard.next());
        externalMedia();
        await(StasisStart.class);
        hangUp();
    }
}
