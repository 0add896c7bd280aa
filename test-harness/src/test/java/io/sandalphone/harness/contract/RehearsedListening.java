package io.sandalphone.harness.contract;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// One speaker's transcription, watched from both sides: keeps what it tells, and every breach of what
/// the ports that listen promise about how they tell it.
final class RehearsedListening implements Transcription {
    /// How long a call of the listener may take that had begun when the transcription was closed.
    private static final Duration IN_FLIGHT = Duration.ofMillis(500);

    private static final ThreadLocal<Boolean> IN_PORT = ThreadLocal.withInitial(() -> false);

    private final List<String> breaches = new CopyOnWriteArrayList<>();
    private final List<Object> told = new CopyOnWriteArrayList<>();
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final List<Long> starts = new CopyOnWriteArrayList<>();
    private final List<Long> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger callers = new AtomicInteger();
    private final Transcription transcription;
    private volatile long closedNanos;
    private volatile boolean closed;
    private volatile boolean leaving;

    /// The one report without words.
    static final String READY = "ready";

    /// What came of an utterance: its words, none where there were none, and what was spoken of it.
    record Answer(String said, long start, long end, String translated, Sound sound) {
        static Answer heard(String said, long start, long end) {
            return new Answer(said, start, end, "", new Sound());
        }

        /// Without marks and capitals.
        String words() {
            return said.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}' ]", "");
        }
    }

    private RehearsedListening(Function<RehearsedListening, Transcription> opening) {
        IN_PORT.set(true);
        try {
            transcription = opening.apply(this);
        } finally {
            IN_PORT.set(false);
        }
    }

    static RehearsedListening through(Transcriber transcriber, TranscriptionRequest request) {
        return new RehearsedListening(hearing -> transcriber.open(request, new Words(hearing)));
    }

    static RehearsedListening through(DirectInterpreter interpreter, TranscriptionRequest request) {
        return new RehearsedListening(
                hearing -> interpreter.open(request, new SpokenAnswers(hearing)));
    }

    /// What was reported, in order: [#READY], what came of the speech, a failure.
    List<Object> told() {
        return List.copyOf(told);
    }

    /// What came of each utterance, once all of it was reported.
    List<Answer> answers() {
        return List.copyOf(answers);
    }

    /// The words of each answer; none where there were none.
    List<String> words() {
        return answers().stream().map(Answer::words).toList();
    }

    boolean failed() {
        return told.stream().anyMatch(SpeechException.class::isInstance);
    }

    List<String> breaches() {
        return List.copyOf(breaches);
    }

    /// Where the voice detector saw utterances begin.
    List<Long> starts() {
        return List.copyOf(starts);
    }

    /// Where it saw them end.
    List<Long> ends() {
        return List.copyOf(ends);
    }

    @Override
    public void hear(AudioFrame frame) {
        if (!closed) {
            port(() -> transcription.hear(frame));
        }
    }

    @Override
    public void utteranceStarted(long position) {
        starts.add(position);
        port(() -> transcription.utteranceStarted(position));
        if (leaving) {
            close();
        }
    }

    /// From now on it is closed as soon as somebody begins to speak.
    void leaveWithTheFirstUtterance() {
        leaving = true;
    }

    @Override
    public void utteranceEnded(long position) {
        if (!closed) {
            ends.add(position);
            port(() -> transcription.utteranceEnded(position));
        }
    }

    @Override
    public void close() {
        port(transcription::close);
        closedNanos = System.nanoTime();
        closed = true;
    }

    private static void port(Runnable call) {
        IN_PORT.set(true);
        try {
            call.run();
        } finally {
            IN_PORT.set(false);
        }
    }

    /// The engine tells `news`, in `telling`.
    void tells(Object news, Runnable telling) {
        if (callers.incrementAndGet() > 1) {
            breach("two threads at once");
        }
        if (IN_PORT.get()) {
            breach("told inside a call of the port: " + news);
        }
        if (closed && System.nanoTime() - closedNanos > IN_FLIGHT.toNanos()) {
            breach("told after close: " + news);
        }
        if (failed()) {
            breach("told after the failure: " + news);
        }
        boolean wasReady = told.contains(READY);
        if (news.equals(READY) && wasReady) {
            breach("ready twice");
        }
        if (!news.equals(READY) && !(news instanceof SpeechException) && !wasReady) {
            breach("told before ready: " + news);
        }
        told.add(news);
        telling.run();
        callers.decrementAndGet();
    }

    void answered(Answer answer) {
        answers.add(answer);
    }

    void breach(String what) {
        breaches.add(what);
    }

    /// What a recognizer tells.
    private record Words(RehearsedListening hearing) implements TranscriptListener {
        @Override
        public void onReady() {
            hearing.tells(READY, () -> {});
        }

        @Override
        public void onTranscript(TranscriptEvent event) {
            hearing.tells(
                    event,
                    () -> {
                        switch (event) {
                            case TranscriptEvent.Partial _ -> {}
                            case TranscriptEvent.Final(String text, long start, long end, _, _) ->
                                    hearing.answered(Answer.heard(text, start, end));
                            case TranscriptEvent.Nothing(long start, long end) ->
                                    hearing.answered(Answer.heard("", start, end));
                        }
                    });
        }

        @Override
        public void onFailure(SpeechException failure) {
            hearing.tells(failure, () -> {});
        }
    }
}
