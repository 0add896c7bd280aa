package io.sandalphone.speech.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.UtteranceRecognizer;
import io.sandalphone.speech.http.UtteranceService.Words;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@Timeout(120)
class WholeUtterancesTest {
    private static final int FRAME = 160;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private final List<Duration> billed = new CopyOnWriteArrayList<>();
    private final List<Integer> sent = new CopyOnWriteArrayList<>();
    private long position = 4000;

    private final TranscriptListener listener =
            new TranscriptListener() {
                @Override
                public void onReady() {
                    told.add("ready");
                }

                @Override
                public void onTranscript(TranscriptEvent event) {
                    told.add(event);
                }

                @Override
                public void onFailure(SpeechException failure) {
                    told.add(failure);
                }
            };

    private final Usage usage =
            new Usage() {
                @Override
                public void listened(String tariff, Duration time) {
                    assertEquals("tariff", tariff);
                    billed.add(time);
                }

                @Override
                public void translated(String tariff, int characters) {}

                @Override
                public void spoken(String tariff, int characters) {}
            };

    private UtteranceRecognizer open(UtteranceService service) throws Exception {
        UtteranceRecognizer session = open("en", service);
        assertEquals("ready", next());
        return session;
    }

    private UtteranceRecognizer open(String language, UtteranceService service) {
        return new WholeUtterances(
                        "test",
                        "tariff",
                        VendorMeters.register(meters),
                        spoken -> spoken.base().equals("en"),
                        (pcm, request) -> {
                            sent.add(pcm.length);
                            return service.recognize(pcm, request);
                        })
                .open(
                        new TranscriptionRequest(
                                new Language(language), new Language("es"), List.of(), usage),
                        listener);
    }

    @Test
    void nobody_listens_to_a_language_that_the_service_is_not_asked_for() throws Exception {
        UtteranceRecognizer session = open("fr", (_, _) -> Words.of("oui"));
        var failure = assertInstanceOf(SpeechException.class, next());
        assertEquals(SpeechException.Kind.REQUEST, failure.kind());
        assertEquals("test does not understand fr", failure.getMessage());
        say(session, 10);
        assertEquals(List.of(), sent);
    }

    private Object next() throws InterruptedException {
        return Objects.requireNonNull(told.poll(60, TimeUnit.SECONDS), "nothing told");
    }

    /// An utterance of so many frames of speech, and as much silence as a voice detector waits for.
    private void say(UtteranceRecognizer session, int frames) {
        long end = position + (long) frames * FRAME;
        for (int i = 0; i < frames + 28; i++) {
            session.hear(new AudioFrame(new short[FRAME], AudioFrame.TELEPHONE_RATE, position));
            position += FRAME;
        }
        session.utteranceEnded(end);
    }

    @Test
    void each_utterance_is_sent_once_with_little_of_its_silence_and_answered_in_its_place()
            throws Exception {
        UtteranceRecognizer session =
                open(
                        (pcm, _) ->
                                new Words(
                                        " " + pcm.length + " ",
                                        OptionalDouble.of(0.5),
                                        Optional.empty(),
                                        false));
        say(session, 50);
        assertEquals(
                new TranscriptEvent.Final(
                        "9600", 4000, 12_000, Optional.empty(), OptionalDouble.of(0.5)),
                next());
        say(session, 10);
        assertInstanceOf(TranscriptEvent.Final.class, next());
        assertEquals(3200, sent.get(1));
        assertEquals(List.of(Duration.ofMillis(1200), Duration.ofMillis(400)), billed);
    }

    @Test
    void without_words_there_is_nothing_and_what_is_not_believed_is_counted() throws Exception {
        UtteranceRecognizer session =
                open((_, _) -> sent.size() == 1 ? Words.of("  ") : Words.notBelieved());
        say(session, 50);
        assertInstanceOf(TranscriptEvent.Nothing.class, next());
        say(session, 50);
        assertInstanceOf(TranscriptEvent.Nothing.class, next());
        assertEquals(1, meters.get("sandalphone.vendor.utterances.dismissed").counter().count());
    }

    @Test
    void an_utterance_of_which_nothing_was_heard_is_answered_unasked() throws Exception {
        UtteranceRecognizer session = open((_, _) -> Words.of("never"));
        session.utteranceEnded(7000);
        assertEquals(new TranscriptEvent.Nothing(7000, 7000), next());
        assertEquals(List.of(), sent);
        assertEquals(List.of(), billed);
    }

    @Test
    void what_the_service_bills_is_reported_where_it_says_so() throws Exception {
        UtteranceRecognizer session =
                open(
                        (_, _) ->
                                new Words(
                                        "a",
                                        OptionalDouble.empty(),
                                        Optional.of(Duration.ofSeconds(15)),
                                        false));
        say(session, 50);
        next();
        assertEquals(List.of(Duration.ofSeconds(15)), billed);
    }

    @Test
    void a_failure_is_the_end_and_told_once() throws Exception {
        UtteranceRecognizer session =
                open(
                        (_, _) -> {
                            throw new SpeechException(Kind.UNREACHABLE, "test");
                        });
        say(session, 50);
        assertEquals(Kind.UNREACHABLE, assertInstanceOf(SpeechException.class, next()).kind());
        say(session, 50);
        assertEquals(1, sent.size());
        assertEquals(List.of(), billed, "what was not taken is not paid for");
    }

    @Test
    void who_is_too_far_behind_is_given_up() throws Exception {
        var never = new CountDownLatch(1);
        UtteranceRecognizer session =
                open(
                        (_, _) -> {
                            never.await();
                            return Words.of("late");
                        });
        for (int i = 0; i < 5; i++) {
            say(session, 20);
        }
        never.countDown();
        Object last = next();
        while (!(last instanceof SpeechException)) {
            last = next();
        }
        assertEquals(Kind.OVERLOADED, ((SpeechException) last).kind());
    }

    @Test
    void an_utterance_that_no_service_takes_is_a_wrong_request_and_is_not_kept() throws Exception {
        UtteranceRecognizer session = open((_, _) -> Words.of("never"));
        say(session, 3000);
        assertEquals(Kind.REQUEST, assertInstanceOf(SpeechException.class, next()).kind());
        assertEquals(List.of(), sent);
    }

    @Test
    void closing_ends_the_request_and_nothing_more_is_told() throws Exception {
        var asked = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        UtteranceRecognizer session =
                open(
                        (_, _) -> {
                            asked.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                ended.countDown();
                            }
                            return Words.of("never");
                        });
        say(session, 50);
        assertTrue(asked.await(60, TimeUnit.SECONDS));
        session.close();
        assertTrue(ended.await(60, TimeUnit.SECONDS));
        say(session, 50);
        assertEquals(1, sent.size());
        assertTrue(told.isEmpty(), told::toString);
    }
}
