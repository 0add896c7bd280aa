package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.VoiceDetector;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class RehearsalTest {
    /// More than any machine needs.
    private static final Duration LONG = Duration.ofMinutes(2);

    private final AtomicInteger listened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void a_call_is_announced_rung_interpreted_both_ways_and_over_before_the_start_goes_on()
            throws Exception {
        Rehearsal rehearsal = Rehearsal.begin(settings(), LONG, this::detector);
        assertTrue(rehearsal.await());
        assertEquals(2, listened.get());
        assertEquals(2, closed.get());
    }

    @Test
    void what_goes_wrong_in_it_keeps_nothing_from_starting() throws Exception {
        Rehearsal rehearsal =
                Rehearsal.begin(
                        LONG,
                        () -> {
                            throw new NoClassDefFoundError("gone");
                        });
        assertFalse(rehearsal.await());
    }

    @Test
    void it_is_given_up_when_it_takes_longer_than_it_may() throws Exception {
        var interrupted = new CountDownLatch(1);
        Rehearsal rehearsal =
                Rehearsal.begin(
                        Duration.ofNanos(1),
                        () -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException _) {
                                interrupted.countDown();
                            }
                        });
        assertFalse(rehearsal.await());
        interrupted.await();
    }

    @Test
    void only_threads_that_it_started_are_on_its_stage() throws Exception {
        var there = new AtomicInteger();
        Rehearsal rehearsal =
                Rehearsal.begin(
                        LONG,
                        () -> {
                            if (Rehearsal.isOnStage()) {
                                there.incrementAndGet();
                            }
                            Thread child =
                                    new Thread(
                                            () -> {
                                                if (Rehearsal.isOnStage()) {
                                                    there.incrementAndGet();
                                                }
                                            });
                            child.start();
                            try {
                                child.join();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        assertTrue(rehearsal.await());
        assertEquals(2, there.get());
        assertFalse(Rehearsal.isOnStage());
    }

    private VoiceDetector detector() {
        listened.incrementAndGet();
        return new VoiceDetector() {
            @Override
            public boolean speech(AudioFrame frame) {
                return false;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    private static Settings settings() throws Exception {
        ObjectNode file =
                ConfigTree.yaml(
                        "test",
                        """
                        http: {port: 0, token: "a-token-of-sixteen-letters"}
                        public-http: {listen: 127.0.0.1, port: 0}
                        speech: {transcriber: [offline], translator: [offline], synthesizer: [offline]}
                        """);
        return new SettingsReader(Map.of(), List.copyOf(Engines.providers())).read(file).settings();
    }
}
