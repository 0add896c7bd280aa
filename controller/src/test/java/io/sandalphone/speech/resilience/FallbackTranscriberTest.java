package io.sandalphone.speech.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

class FallbackTranscriberTest {
    private static final int FRAME = 160;
    private static final TranscriptionRequest REQUEST =
            new TranscriptionRequest(
                    new Language("en"), new Language("es"), List.of(), Usage.UNMETERED);

    /// A recognizer that says what the test makes it say.
    private static final class Ears implements Transcriber {
        final String name;
        final List<FakeSession> opened = new ArrayList<>();
        boolean broken;
        boolean able = true;

        Ears(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean understands(Language language) {
            return able;
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            var session = new FakeSession(listener);
            opened.add(session);
            return session;
        }

        FakeSession session() {
            return opened.getLast();
        }
    }

    private static final class FakeSession implements Transcription {
        final TranscriptListener listener;
        final List<Long> heard = new ArrayList<>();
        boolean closed;
        boolean broken;

        FakeSession(TranscriptListener listener) {
            this.listener = listener;
        }

        void says(String words, long start, long end) {
            listener.onTranscript(new TranscriptEvent.Final(words, start, end, Optional.empty()));
        }

        void cut() {
            listener.onFailure(new SpeechException(Kind.OVERLOADED, "full"));
        }

        @Override
        public void hear(AudioFrame frame) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            heard.add(frame.position() / FRAME);
        }

        @Override
        public void utteranceStarted(long position) {}

        @Override
        public void utteranceEnded(long position) {}

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Lab lab = new Lab();
    private final Ears first = new Ears("first");
    private final Ears second = new Ears("second");
    private final ProviderGate<Transcriber> firstGuard = guard(first);
    private final ProviderGate<Transcriber> secondGuard = guard(second);
    private final Transcriber transcriber =
            new FallbackTranscriber(
                    List.of(firstGuard, secondGuard), Lab.SETTINGS.transcription(), lab.time);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final TranscriptListener listener =
            new TranscriptListener() {
                @Override
                public void onReady() {
                    told.add("ready");
                }

                @Override
                public void onTranscript(TranscriptEvent event) {
                    told.add(((TranscriptEvent.Final) event).text());
                }

                @Override
                public void onFailure(SpeechException failure) {
                    told.add(failure.kind().name());
                }
            };
    private long position;

    private ProviderGate<Transcriber> guard(Ears sessions) {
        return new ProviderGate<>(
                sessions,
                "transcriber",
                Lab.SETTINGS.breaker(),
                8,
                lab.time,
                ResilienceMeters.register(lab.meters));
    }

    private void frames(Transcription transcription, int count) {
        for (int i = 0; i < count; i++) {
            transcription.hear(new AudioFrame(new short[FRAME], 8000, position));
            position += FRAME;
        }
    }

    @Test
    void a_call_in_mid_utterance_is_heard_on_by_the_next_and_no_words_come_twice() {
        Transcription call = transcriber.open(REQUEST, listener);
        FakeSession lost = first.session();
        lost.listener.onReady();
        frames(call, 10);
        call.utteranceStarted(5 * FRAME);
        frames(call, 10);
        lost.cut();
        lost.says("late", 0, 20 * FRAME);
        frames(call, 10);
        second.session().listener.onReady();
        second.session().says("w1", 5 * FRAME, 30 * FRAME);
        assertEquals(List.of("ready", "w1"), told);
        assertEquals(25, second.session().heard.size());
        assertEquals(1, lab.count("failovers", "second"));
        assertEquals(1, lab.count("transcripts.ignored", "first"));
        call.close();
        assertTrue(second.session().closed);
        assertFalse(lost.closed);
        assertEquals(8, firstGuard.free());
        assertEquals(8, secondGuard.free());
    }

    @Test
    void nothing_is_kept_of_engines_that_are_done_with_however_many_there_were() {
        var call = (FallbackTranscription) transcriber.open(REQUEST, listener);
        List<FakeSession> lost = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            frames(call, 1);
            lab.time.pass(Duration.ofSeconds(20));
            FakeSession session = i % 2 == 0 ? first.session() : second.session();
            session.listener.onReady();
            session.says("w", position - FRAME, position);
            session.cut();
            lost.add(session);
            assertEquals(1, call.sessions());
        }
        lost.forEach(session -> session.says("late", 0, position));
        assertEquals(
                100,
                lab.count("transcripts.ignored", "first")
                        + lab.count("transcripts.ignored", "second"));
        call.close();
        assertEquals(0, call.sessions());
        assertEquals(8, firstGuard.free());
        assertEquals(8, secondGuard.free());
    }

    @Test
    void a_lost_session_is_opened_again_in_the_place_of_the_first_and_judged_with_it() {
        Transcription call = transcriber.open(REQUEST, listener);
        first.session().listener.onReady();
        frames(call, 10);
        first.session().listener.onFailure(new SpeechException(Kind.UNREACHABLE, "cut"));
        frames(call, 1);
        assertEquals(2, first.opened.size());
        assertEquals(7, firstGuard.free());
        first.session().says("w1", 0, 5 * FRAME);
        assertEquals(List.of("ready", "w1"), told);
        assertEquals(1, lab.count("reconnects", "first"));
        call.close();
        assertEquals(8, firstGuard.free());
        assertEquals(1, lab.count("calls", "first", "outcome", "ok"));
    }

    @Test
    void one_that_breaks_when_it_is_opened_is_passed_over() {
        first.broken = true;
        Transcription call = transcriber.open(REQUEST, listener);
        frames(call, 1);
        assertEquals(List.of(0L), second.session().heard);
        assertEquals(1, lab.count("calls", "first", "outcome", "provider-fault"));
    }

    @Test
    void one_that_breaks_while_it_hears_is_succeeded() {
        Transcription call = transcriber.open(REQUEST, listener);
        frames(call, 1);
        first.session().broken = true;
        frames(call, 2);
        assertEquals(List.of(0L, 1L, 2L), second.session().heard);
    }

    @Test
    void when_none_may_be_asked_the_listener_hears_of_it_outside_the_call() throws Exception {
        first.broken = true;
        second.broken = true;
        Transcription call = transcriber.open(REQUEST, listener);
        for (int second = 0; second < 7; second++) {
            frames(call, 1);
            lab.time.pass(Duration.ofSeconds(1));
        }
        lab.time.gone();
        assertEquals(List.of("PROVIDER_FAULT"), told);
        call.close();
        assertEquals(8, firstGuard.free());
    }

    @Test
    void after_it_is_closed_nothing_is_told() throws Exception {
        Transcription call = transcriber.open(REQUEST, listener);
        FakeSession session = first.session();
        call.close();
        session.listener.onReady();
        session.says("late", 0, FRAME);
        session.cut();
        lab.time.gone();
        assertEquals(List.of(), told);
        assertEquals(8, firstGuard.free());
        assertEquals(1, lab.count("calls", "first", "outcome", "unjudged"));
    }

    @Test
    void one_that_does_not_understand_the_language_is_not_opened() {
        first.able = false;
        transcriber.open(REQUEST, listener);
        assertEquals(List.of(), first.opened);
        assertEquals(1, second.opened.size());
    }

    @Test
    void wrong_credentials_in_one_call_spare_the_next_call_the_attempt() {
        transcriber.open(REQUEST, listener);
        first.session().listener.onFailure(new SpeechException(Kind.CREDENTIALS, "refused"));
        transcriber.open(REQUEST, listener);
        assertEquals(1, first.opened.size());
        assertEquals(1, second.opened.size());
    }
}
