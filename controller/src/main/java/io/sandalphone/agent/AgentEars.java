package io.sandalphone.agent;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.SpeechLevel;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.input.Detectors;
import io.sandalphone.speech.input.EchoGuard;
import io.sandalphone.speech.input.Speaker;
import io.sandalphone.speech.input.SpeechInput;
import io.sandalphone.speech.input.SpeechListener;
import io.sandalphone.speech.segment.Pause;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.List;

/// What an agent hears of its caller, told as [FloorEvent]s: when they speak, and what they say, without the echo of the agent.
/// Runs on the call's loop.
final class AgentEars implements AutoCloseable {
    /// What the agent has left to say counts as nothing where it is shorter.
    static final long NEARLY_DONE_MILLIS = 500;

    /// How much of speech it takes to find its beginning.
    private static final long ONSET_MILLIS = 140;

    /// What has gone on for so long after it was found is no cough. In it lies a block of the echo detector.
    private static final Duration REAL = Duration.ofMillis(600);

    /// A recognizer that says words are final while the voice detector has heard nobody for so long has heard the end.
    private static final int OWN_END_MILLIS = 100;

    /// By how much the words of an utterance may end before it does.
    private static final long TAIL = AudioFrame.TELEPHONE_RATE * 3L / 10;

    /// After so many recognitions in a row that were lost, without a word between them, nothing is heard any more.
    private static final int MOST_LOST = 3;

    /// So long after a caller has ended they wonder whether they were heard; and so long after they were asked for patience.
    private static final Duration WONDERING = Duration.ofSeconds(3);

    private static final Duration WONDERING_AGAIN = Duration.ofMillis(3500);

    /// So often they are, before what they said counts as lost.
    private static final int MOST_WAITS = 2;

    /// Hears what it hears.
    interface Listener {
        void heard(FloorEvent event);

        /// Whether the agent is to say more than a word.
        boolean agentHasMore();

        boolean agentHasFloor();

        boolean voiceHeld();

        /// The recognizer is lost for good.
        void deaf();
    }

    private final AgentDependencies dependencies;
    private final AgentCall call;
    private final Language language;
    private final EchoGuard echo;
    private final Listener listener;
    private final SpeechInput input;
    private Loop.Timer real = () -> {};
    private Pause pause = Pause.NONE;
    private boolean speaking;
    private long began;
    private long beganNanos;
    private long speechEnd;
    private long answeredUntil = Long.MIN_VALUE;
    // What they have said last is not answered by the recognizer.
    private boolean owed;
    private Loop.Timer wondering = () -> {};
    private int waits;
    private int lost;

    AgentEars(
            AgentDependencies dependencies,
            AgentCall call,
            Language language,
            EchoGuard echo,
            Listener listener) {
        this.dependencies = dependencies;
        this.call = call;
        this.language = language;
        this.echo = echo;
        this.listener = listener;
        Detectors detectors = dependencies.detectors();
        input =
                new SpeechInput(
                        new Speaker(
                                call.facts().callId(),
                                call.loop(),
                                Party.CALLER,
                                call.audio(),
                                call.levels()),
                        detectors,
                        echo,
                        new SpeechLevel(),
                        new Speech());
    }

    void start() {
        input.start();
    }

    @Override
    public void close() {
        real.cancel();
        wondering.cancel();
        input.close();
    }

    /// When the caller ended to speak last.
    long speechEndNanos() {
        return input.clock().nanos(speechEnd);
    }

    /// What is left of a pause that has lasted since they ended.
    Duration pauseLeft(Duration whole) {
        Duration silent = Duration.ofNanos(call.loop().nanoTime() - speechEndNanos());
        Duration left = whole.minus(silent);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Transcription listen() {
        return dependencies
                .transcriber()
                .open(
                        new TranscriptionRequest(language, language, List.of(), call.usage()),
                        new Words());
    }

    /// What the recognizer says, brought home to the loop.
    private final class Words implements TranscriptListener {
        /// One that takes whole utterances is ready even where its service is gone.
        @Override
        public void onReady() {}

        @Override
        public void onTranscript(TranscriptEvent event) {
            input.atHome(() -> understood(event));
        }

        @Override
        public void onFailure(SpeechException failure) {
            input.atHome(() -> lost(failure));
        }
    }

    private void lost(SpeechException failure) {
        dependencies.meters().recognitionFailed().increment();
        lost++;
        if (lost >= MOST_LOST || !failure.kind().worthRetrying()) {
            AttendantLog.recognitionFailed(call.facts().callId(), failure);
            listener.deaf();
        } else {
            input.lost(failure);
            if (owed) {
                unheard();
            }
        }
    }

    private void unheard() {
        answered();
        listener.heard(new FloorEvent.CallerUnheard());
    }

    private void answered() {
        owed = false;
        wondering.cancel();
    }

    /// They wait for an answer to what the recognizer has no words for yet.
    private void wonders(Duration left) {
        wondering =
                call.loop()
                        .schedule(
                                left,
                                () -> {
                                    if (waits == MOST_WAITS) {
                                        unheard();
                                        return;
                                    }
                                    waits++;
                                    listener.heard(new FloorEvent.WordsAwaited());
                                    wonders(WONDERING_AGAIN);
                                });
    }

    private void understood(TranscriptEvent event) {
        input.alive();
        lost = 0;
        switch (event) {
            case TranscriptEvent.Partial partial -> {
                String own = own(partial.text(), partial.start(), partial.end());
                if (!own.isBlank()) {
                    listener.heard(new FloorEvent.WordsForming(Backchannels.only(own, language)));
                }
            }
            case TranscriptEvent.Final words -> {
                answered();
                answeredUntil = Math.max(answeredUntil, words.end());
                boolean ended = speaking && pause.millis() >= OWN_END_MILLIS;
                if (speaking) {
                    speechEnd = ended ? pause.position() : words.end();
                }
                String own =
                        input.nobodySpoke(words.start(), words.end())
                                ? ""
                                : own(words.text(), words.start(), words.end());
                listener.heard(
                        new FloorEvent.WordsHeard(
                                own,
                                ended,
                                Backchannels.only(own, language) && listener.agentHasMore()));
            }
            case TranscriptEvent.Nothing nothing -> {
                answered();
                answeredUntil = Math.max(answeredUntil, nothing.end());
                listener.heard(new FloorEvent.WordsHeard("", false, false));
            }
        }
        input.heard(event);
    }

    private String own(String text, long start, long end) {
        return text.isBlank() ? text : echo.own(text, language, start, end, input.clock());
    }

    /// What the voice detector finds.
    private final class Speech implements SpeechListener {
        @Override
        public Transcription open() {
            return listen();
        }

        @Override
        public void started(long position) {
            speaking = true;
            pause = Pause.NONE;
            began = position;
            beganNanos = call.loop().nanoTime();
            wondering.cancel();
            real.cancel();
            real = call.loop().schedule(REAL, this::goesOn);
            listener.heard(new FloorEvent.SpeechBegan(echo.echoes()));
        }

        /// It is still going on, and what of it was compared is not ours.
        private void goesOn() {
            long now = began + (call.loop().nanoTime() - beganNanos) * 8 / 1_000_000 + 8 * 400;
            if (speaking && pause.millis() == 0 && !echo.in(began, now)) {
                listener.heard(new FloorEvent.SpeechIsReal());
            }
        }

        @Override
        public void paused(Pause paused) {
            if (!speaking || paused.isEnd()) {
                return;
            }
            pause = paused;
            if (paused.millis() >= Floor.QUIET_MILLIS && listener.voiceHeld()) {
                long sinceBegan = (call.loop().nanoTime() - beganNanos) / 1_000_000;
                long voiced = ONSET_MILLIS + sinceBegan - Math.min(paused.millis(), sinceBegan);
                listener.heard(new FloorEvent.SpeechPaused(voiced, paused.millis()));
            }
        }

        @Override
        public void ended(long position, boolean refused) {
            speaking = false;
            real.cancel();
            speechEnd = position;
            boolean answered = answeredUntil >= position - TAIL;
            listener.heard(new FloorEvent.SpeechEnded(refused, answered));
            boolean said = !refused && position - began >= REAL.toMillis() * 8;
            if (said && !answered && !listener.agentHasFloor()) {
                owed = true;
                waits = 0;
                wonders(pauseLeft(WONDERING));
            }
        }

        @Override
        public void faulted(Throwable fault) {
            dependencies.faulted().accept(fault);
        }

        @Override
        public void notOpened(SpeechException failure) {
            lost(failure);
        }
    }
}
