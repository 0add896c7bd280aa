package io.sandalphone.harness.recognition;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.media.vad.SoundClassifier;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.segment.ClauseRules;
import io.sandalphone.speech.segment.PromptEnds;
import io.sandalphone.speech.segment.SpeechGate;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.segment.UtteranceListener;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// What stands in a call between a party's sound and a recognizer: the voice detector, the classifier of
/// sounds, the utterance detector and the gate, in their order, with production's settings.
///
/// For one thread, but for [#heard].
public final class CallEar implements AutoCloseable {
    /// As in production.
    private static final int THRESHOLD = 64;

    private final VoiceDetector voice;
    private final UtteranceDetector utterances;
    private final Optional<PromptEnds> promptEnds;
    private final Queue<TranscriptEvent> events = new ConcurrentLinkedQueue<>();
    private final SpeechGate gate;
    private final List<Utterance> found = new ArrayList<>();
    private int told;

    /// Where an utterance was, by the positions of its first sample and behind its last, and whether it
    /// turned out to be no speech.
    private record Utterance(long start, long end, boolean refused) {}

    /// Of a party who speaks `language`. `recognizer` gives the session that listens, each time there is something for it.
    public CallEar(Language language, Supplier<Transcription> recognizer) {
        voice =
                new SoundClassifier(
                        THRESHOLD, WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE));
        gate = new SpeechGate(frame -> recognizer.get().hear(frame));
        utterances =
                new UtteranceDetector(
                        UtteranceSettings.TELEPHONE,
                        UtteranceMeters.register(new SimpleMeterRegistry()),
                        new Listener(recognizer));
        promptEnds = ClauseRules.of(language).map(rules -> new PromptEnds(rules, utterances));
    }

    /// What the recognizer tells, of which the ear takes notice with the next frame. From any thread.
    public void heard(TranscriptEvent event) {
        events.add(event);
    }

    /// The next 20 ms. What was lost on the way is a gap in the frames' positions.
    public void hear(AudioFrame frame) {
        for (TranscriptEvent event = events.poll(); event != null; event = events.poll()) {
            TranscriptEvent told = event;
            promptEnds.ifPresent(each -> each.heard(told));
        }
        Sound sound = voice.judge(frame);
        utterances.accept(frame, sound);
        gate.accept(frame, sound);
    }

    /// How many utterances have ended of which the recognizer was told: of what is refused at once it never
    /// hears.
    public int told() {
        return told;
    }

    /// Whether a call would take what was heard from `start` to `end` for no speech.
    public boolean nobodySpoke(long start, long end) {
        List<Utterance> there =
                found.stream().filter(each -> start < each.end && end > each.start).toList();
        return !there.isEmpty() && there.stream().allMatch(Utterance::refused);
    }

    @Override
    public void close() {
        voice.close();
    }

    private final class Listener implements UtteranceListener {
        private final Supplier<Transcription> recognizer;
        private long start;
        private boolean begun;

        Listener(Supplier<Transcription> recognizer) {
            this.recognizer = recognizer;
        }

        @Override
        public void started(long position) {
            start = position;
            begun = false;
            gate.started(
                    position,
                    () -> {
                        begun = true;
                        recognizer.get().utteranceStarted(position);
                    });
        }

        @Override
        public void silent(long position, int frames) {
            if (frames == Transcription.PAUSE_FRAMES) {
                recognizer.get().utterancePaused(position);
            }
        }

        @Override
        public void ended(long position) {
            end(position, false);
        }

        @Override
        public void refused(long position) {
            end(position, true);
        }

        private void end(long position, boolean refused) {
            gate.ended();
            found.add(new Utterance(start, position, refused));
            told += begun ? 1 : 0;
            recognizer.get().utteranceEnded(position);
        }
    }
}
