package io.sandalphone.speech.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ReservedInterpreter;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

class FallbackInterpreterTest {
    private static final int FRAME = 160;
    private static final TranscriptionRequest REQUEST =
            new TranscriptionRequest(
                    new Language("en"), new Language("es"), List.of(), Usage.UNMETERED);

    /// Keeps what it is told to hear.
    private static final class FakeSession implements Transcription {
        final List<Long> heard = new ArrayList<>();
        boolean closed;

        @Override
        public void hear(AudioFrame frame) {
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

    /// A direct interpreter that says what the test makes it say.
    private static final class Direct implements DirectInterpreter {
        final String name;
        final List<Listener> listeners = new ArrayList<>();
        final List<FakeSession> sessions = new ArrayList<>();
        boolean able = true;

        Direct(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean interprets(Language from, Language to) {
            return able;
        }

        @Override
        public Transcription open(TranscriptionRequest request, Listener listener) {
            var session = new FakeSession();
            listeners.add(listener);
            sessions.add(session);
            return session;
        }

        Listener says() {
            return listeners.getLast();
        }

        void cut() {
            says().onFailure(new SpeechException(Kind.OVERLOADED, "full"));
        }
    }

    /// The recognizer in reserve.
    private static final class Words implements Transcriber {
        final List<TranscriptListener> listeners = new ArrayList<>();
        final List<FakeSession> sessions = new ArrayList<>();

        @Override
        public String name() {
            return "words";
        }

        @Override
        public boolean understands(Language language) {
            return true;
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
            var session = new FakeSession();
            listeners.add(listener);
            sessions.add(session);
            return session;
        }

        TranscriptListener says() {
            return listeners.getLast();
        }
    }

    private final Lab lab = new Lab();
    private final Direct first = new Direct("first");
    private final Direct second = new Direct("second");
    private final Words words = new Words();
    private final ReservedInterpreter interpreter =
            lab.resilience().interpreter(List.of(first, second), words);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private long position;

    private final ReservedInterpreter.Listener listener =
            new ReservedInterpreter.Listener() {
                @Override
                public void onReady() {
                    told.add("ready");
                }

                @Override
                public void onTranscript(TranscriptEvent event) {
                    told.add(((TranscriptEvent.Final) event).text());
                }

                @Override
                public void onUtterance(String said, String translated, long start, long end) {
                    told.add(said);
                }

                @Override
                public void onAudio(short[] pcm) {
                    told.add("sound");
                }

                @Override
                public void onUtteranceSpoken() {
                    told.add("spoken");
                }

                @Override
                public void onUtteranceBroken() {
                    told.add("broken off");
                }

                @Override
                public void onNothing(long start, long end) {
                    told.add("nothing");
                }

                @Override
                public void onFailure(SpeechException failure) {
                    told.add(failure.kind().name());
                }
            };

    private void frames(Transcription call, int count) {
        for (int i = 0; i < count; i++) {
            call.hear(new AudioFrame(new short[FRAME], 8000, position));
            position += FRAME;
        }
    }

    /// An utterance of `count` frames.
    private void say(Transcription call, int count) {
        long start = position;
        frames(call, 1);
        call.utteranceStarted(start);
        frames(call, count - 1);
        call.utteranceEnded(position);
        frames(call, 1);
    }

    private static void speak(Direct engine, String said, long start, long end) {
        engine.says().onUtterance(said, "", start, end);
        engine.says().onAudio(new short[FRAME]);
        engine.says().onUtteranceSpoken();
    }

    @Test
    void what_the_preferred_one_speaks_is_passed_on_in_its_order() {
        Transcription call = interpreter.openWithReserve(REQUEST, listener);
        first.says().onReady();
        say(call, 20);
        speak(first, "one", 0, 20 * FRAME);
        say(call, 20);
        first.says().onNothing(21 * FRAME, 41 * FRAME);
        assertEquals(List.of("ready", "one", "sound", "spoken", "nothing"), told);
        assertEquals(List.of(), second.sessions);
        assertEquals(List.of(), words.sessions);
    }

    @Test
    void an_utterance_that_is_broken_off_is_not_spoken_again_and_the_next_one_is_the_nexts() {
        Transcription call = interpreter.openWithReserve(REQUEST, listener);
        first.says().onReady();
        say(call, 20);
        first.says().onUtterance("one", "", 0, 20 * FRAME);
        first.says().onAudio(new short[FRAME]);
        first.cut();
        first.says().onAudio(new short[FRAME]);
        frames(call, 1);
        assertEquals(List.of(20L, 21L), second.sessions.getLast().heard);
        say(call, 20);
        speak(second, "two", 22 * FRAME, 42 * FRAME);
        assertEquals(
                List.of("ready", "one", "sound", "broken off", "two", "sound", "spoken"), told);
        assertEquals(1, lab.count("failovers", "second", "capability", "direct"));
    }

    @Test
    void an_utterance_of_which_nothing_was_spoken_is_heard_again_by_the_next() {
        Transcription call = interpreter.openWithReserve(REQUEST, listener);
        first.says().onReady();
        say(call, 20);
        first.cut();
        frames(call, 1);
        speak(second, "one", 0, 20 * FRAME);
        assertEquals(22, second.sessions.getLast().heard.size());
        assertEquals(List.of("ready", "one", "sound", "spoken"), told);
    }

    @Test
    void behind_the_last_one_the_recognizer_hears_on() {
        Transcription call = interpreter.openWithReserve(REQUEST, listener);
        first.says().onReady();
        first.cut();
        frames(call, 1);
        say(call, 20);
        second.cut();
        frames(call, 1);
        words.says()
                .onTranscript(new TranscriptEvent.Final("w1", FRAME, 21 * FRAME, Optional.empty()));
        assertEquals(List.of("ready", "w1"), told);
        assertEquals(1, lab.count("failovers", "words", "capability", "transcriber"));
        call.close();
        assertTrue(words.sessions.getLast().closed);
        assertFalse(second.sessions.getLast().closed);
    }

    @Test
    void a_direct_one_takes_back_what_the_recognizer_has_heard_meanwhile() throws Exception {
        Transcription call = interpreter.openWithReserve(REQUEST, listener);
        first.cut();
        frames(call, 1);
        second.cut();
        frames(call, 1);
        words.says().onReady();
        lab.time.pass(Lab.SETTINGS.direct().failover().failbackAfter());
        frames(call, 1);
        assertEquals(2, first.sessions.size());
        first.says().onReady();
        frames(call, 2);
        lab.time.gone();
        assertTrue(words.sessions.getLast().closed);
        say(call, 20);
        long end = position;
        speak(first, "two", end - 20 * FRAME, end);
        assertEquals(List.of("ready", "two", "sound", "spoken"), told);
        assertEquals(1, lab.count("failbacks", "first", "capability", "direct"));
    }

    @Test
    void one_that_answers_nothing_is_given_up_and_held_to_it() {
        Transcription call = interpreter.openWithReserve(REQUEST, listener);
        first.says().onReady();
        say(call, 20);
        lab.time.pass(Lab.SETTINGS.direct().answerTimeout());
        frames(call, 1);
        assertFalse(first.sessions.getLast().closed);
        lab.time.pass(Lab.SETTINGS.direct().stallTimeout());
        frames(call, 1);
        assertTrue(first.sessions.getLast().closed);
        assertEquals(1, second.sessions.size());
        assertEquals(1, lab.count("calls", "first", "outcome", "timeout"));
    }

    @Test
    void the_recognizer_in_reserve_is_given_its_own_time() {
        Transcription call = interpreter.openWithReserve(REQUEST, listener);
        first.cut();
        frames(call, 1);
        second.cut();
        frames(call, 1);
        words.says().onReady();
        say(call, 20);
        lab.time.pass(Lab.SETTINGS.direct().answerTimeout().multipliedBy(2));
        frames(call, 1);
        assertFalse(words.sessions.getLast().closed);
    }

    @Test
    void without_a_reserve_the_loss_of_the_last_one_is_told() {
        Transcription call = interpreter.open(REQUEST, listener);
        first.cut();
        frames(call, 1);
        second.cut();
        frames(call, 1);
        assertEquals(List.of("OVERLOADED"), told);
        assertEquals(List.of(), words.sessions);
    }

    @Test
    void one_that_does_not_interpret_between_the_languages_is_not_opened() {
        first.able = false;
        interpreter.openWithReserve(REQUEST, listener);
        assertEquals(List.of(), first.sessions);
        assertEquals(1, second.sessions.size());
    }

    @Test
    void wrong_credentials_in_one_call_spare_the_next_call_the_attempt() {
        interpreter.openWithReserve(REQUEST, listener);
        first.says().onFailure(new SpeechException(Kind.CREDENTIALS, "refused"));
        interpreter.openWithReserve(REQUEST, listener);
        assertEquals(1, first.sessions.size());
        assertEquals(1, second.sessions.size());
    }
}
