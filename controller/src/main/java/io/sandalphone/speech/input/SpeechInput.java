package io.sandalphone.speech.input;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.SpeechLevel;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.segment.Pause;
import io.sandalphone.speech.segment.PromptEnds;
import io.sandalphone.speech.segment.SpeechGate;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.segment.UtteranceListener;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/// Lets an engine listen to one party: hands it the party's frames and says where the voice detector
/// found utterances. An engine that is lost is opened again, after longer and longer pauses.
///
/// Runs on the call's loop.
public final class SpeechInput implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SpeechInput.class);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

    private final Speaker speaker;
    private final EchoGuard echo;
    private final SpeechLevel level;
    private final Detectors detectors;
    private final SpeechListener listener;
    private final UtteranceDetector utterances;
    private final Optional<PromptEnds> promptEnds;
    private final SpeakerClock clock = new SpeakerClock();
    private final SpeechGate gate = new SpeechGate(this::pass);
    private final RefusedSpeech refused = new RefusedSpeech();
    private final SoundFall fall = new SoundFall();
    private final LevelMeter loudness;
    private @Nullable VoiceDetector voice;
    private @Nullable Transcription transcription;
    private Loop.Timer reopening = () -> {};
    private Duration retry = FIRST_RETRY;
    private boolean closed;

    /// `echo` learns what is heard, and `level` how loud it is. Nothing is opened before [#start].
    public SpeechInput(
            Speaker speaker,
            Detectors detectors,
            EchoGuard echo,
            SpeechLevel level,
            SpeechListener listener) {
        this.speaker = speaker;
        this.detectors = detectors;
        this.echo = echo;
        this.level = level;
        this.listener = listener;
        utterances =
                new UtteranceDetector(detectors.utterances(), detectors.meters(), new Speech());
        promptEnds = detectors.promptEnds().apply(utterances);
        loudness =
                new LevelMeter(
                        detectors.levels().of(speaker.audio().carrier(), speaker.party()),
                        speaker.party(),
                        speaker.levels());
    }

    /// Opens what it needs and begins to listen. What it throws leaves to be closed what it opened.
    public void start() {
        VoiceDetector detector = detectors.voice().get();
        voice = detector;
        open();
        speaker.audio().hear(frame -> hear(frame, detector));
    }

    /// When what stands at a position was heard.
    public SpeakerClock clock() {
        return clock;
    }

    /// Whether what was heard from `start` to `end` turned out to be no speech.
    public boolean nobodySpoke(long start, long end) {
        return refused.covers(start, end);
    }

    /// Brings what an engine tells on a thread of its own home to the call's loop, where nothing more
    /// of it happens once this is closed. From any thread.
    public void atHome(Runnable event) {
        speaker.loop()
                .execute(
                        () -> {
                            if (!closed) {
                                event.run();
                            }
                        });
    }

    /// The engine tells what it hears. Utterances that it shows to be complete have ended before the method returns.
    public void heard(TranscriptEvent event) {
        promptEnds.ifPresent(each -> each.heard(event));
    }

    /// The engine gives proof of its life.
    public void alive() {
        retry = FIRST_RETRY;
    }

    /// The engine is lost.
    public void lost(SpeechException failure) {
        log.atWarn()
                .addKeyValue("call", speaker.callId())
                .addKeyValue("speaker", speaker.party())
                .addKeyValue("retry", retry)
                .setCause(failure)
                .log("recognition lost, tried again later");
        transcription = null;
        reopening = speaker.loop().schedule(retry, this::open);
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
    }

    @Override
    public void close() {
        closed = true;
        reopening.cancel();
        loudness.close();
        try {
            if (transcription != null) {
                transcription.close();
                transcription = null;
            }
        } finally {
            if (voice != null) {
                voice.close();
            }
        }
    }

    // Whatever an engine's code throws is a fault of that engine.
    @SuppressWarnings("CatchingThrowable")
    private void open() {
        try {
            transcription = listener.open();
        } catch (Throwable fault) {
            listener.faulted(fault);
            listener.notOpened(
                    new SpeechException(
                            SpeechException.Kind.PROVIDER_FAULT, "opening threw", fault));
        }
    }

    private void hear(AudioFrame frame, VoiceDetector detector) {
        if (closed) {
            return;
        }
        long now = speaker.loop().nanoTime();
        clock.heard(frame, now);
        Sound sound = detector.judge(frame);
        echo.heard(frame, sound.voiced(), now);
        double power = SpeechLevel.power(frame.pcm());
        if (sound.voiced()) {
            level.hear(power);
        }
        fall.hear(frame, level.faint(power));
        loudness.hear(frame.pcm(), power, sound);
        utterances.accept(frame, sound);
        gate.accept(frame, sound);
    }

    private void pass(AudioFrame frame) {
        if (transcription != null) {
            transcription.hear(frame);
        }
    }

    /// What the utterance detector finds goes to the engine.
    private final class Speech implements UtteranceListener {
        @Override
        public void started(long position) {
            refused.started(position);
            listener.started(position);
            listener.paused(Pause.NONE);
            gate.started(
                    position,
                    () -> {
                        if (transcription != null) {
                            transcription.utteranceStarted(position);
                        }
                    });
        }

        @Override
        public void silent(long position, int frames) {
            listener.paused(
                    frames == 0 ? Pause.NONE : Pause.of(fall.before(position), position, frames));
            if (frames == Transcription.PAUSE_FRAMES && transcription != null) {
                transcription.utterancePaused(position);
            }
        }

        @Override
        public void ended(long position) {
            listener.paused(Pause.ended(fall.before(position)));
            end(position, false);
        }

        @Override
        public void refused(long position) {
            end(position, true);
        }

        private void end(long position, boolean noSpeech) {
            refused.ended(position, noSpeech);
            gate.ended();
            if (transcription != null) {
                transcription.utteranceEnded(position);
            }
            listener.ended(position, noSpeech);
        }
    }
}
