package io.sandalphone.harness.sounds;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.LevelGate;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.media.vad.SoundClassifier;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.speech.segment.SpeechGate;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.segment.UtteranceListener;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// What reaches a recognizer of one party's sound, by the controller's own voice detector, classifier,
/// utterance detector and gate, in their order, with production's settings.
///
/// @param utterances those that were not refused
/// @param refused those that were
/// @param passed the frames that a recognizer hears as they are, by their number
record Delivery(List<Span> utterances, List<Span> refused, BitSet passed) {
    private static final int FRAME = AudioFrame.TELEPHONE_RATE * AudioFrame.MILLIS / 1000;

    /// As in production.
    private static final int THRESHOLD = 64;

    /// Less in one piece than this holds no word: 200 ms.
    static final int WORD_FRAMES = 10;

    /// Positions in the sound.
    record Span(long start, long end) {}

    static Delivery of(short[] pcm) {
        return of(pcm, true);
    }

    /// As it would be with `sounds.ignore: false`.
    static Delivery withoutClassifier(short[] pcm) {
        return of(pcm, false);
    }

    private static Delivery of(short[] pcm, boolean classified) {
        var delivery = new Delivery(new ArrayList<>(), new ArrayList<>(), new BitSet());
        var gate =
                new SpeechGate(
                        frame -> {
                            if (loud(frame.pcm())) {
                                delivery.passed.set((int) (frame.position() / FRAME));
                            }
                        });
        var utterances =
                new UtteranceDetector(
                        UtteranceSettings.TELEPHONE,
                        UtteranceMeters.register(new SimpleMeterRegistry()),
                        delivery.new Listener(gate));
        var voice = WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE);
        try (VoiceDetector detector =
                classified
                        ? new SoundClassifier(THRESHOLD, voice)
                        : new LevelGate(THRESHOLD, voice)) {
            for (int start = 0; start + FRAME <= pcm.length; start += FRAME) {
                var frame =
                        new AudioFrame(
                                Arrays.copyOfRange(pcm, start, start + FRAME),
                                AudioFrame.TELEPHONE_RATE,
                                start);
                Sound sound = detector.judge(frame);
                utterances.accept(frame, sound);
                gate.accept(frame, sound);
            }
        }
        utterances.finish();
        return delivery;
    }

    private static boolean loud(short[] pcm) {
        for (short sample : pcm) {
            if (Math.abs(sample) >= THRESHOLD) {
                return true;
            }
        }
        return false;
    }

    private final class Listener implements UtteranceListener {
        private final SpeechGate gate;
        private long start;

        Listener(SpeechGate gate) {
            this.gate = gate;
        }

        @Override
        public void started(long position) {
            start = position;
            gate.started(position, () -> {});
        }

        @Override
        public void ended(long position) {
            gate.ended();
            utterances.add(new Span(start, position));
        }

        @Override
        public void refused(long position) {
            gate.ended();
            refused.add(new Span(start, position));
        }
    }

    /// How many pieces of sound that could hold a word are in utterances that were not refused.
    int words() {
        int words = 0;
        for (Span utterance : utterances) {
            int run = 0;
            for (int frame = (int) (utterance.start / FRAME);
                    frame < utterance.end / FRAME;
                    frame++) {
                run = passed.get(frame) ? run + 1 : 0;
                words += run == WORD_FRAMES ? 1 : 0;
            }
        }
        return words;
    }

    /// How long the utterances are together, in milliseconds.
    long millis() {
        return utterances.stream().mapToLong(each -> (each.end - each.start) / 8).sum();
    }

    /// The share of `spoken`, frames that hold speech, that reaches a recognizer in an utterance that is
    /// not refused.
    double covers(BitSet spoken) {
        BitSet heard = new BitSet();
        utterances.forEach(
                each -> heard.set((int) (each.start / FRAME), (int) Math.ceilDiv(each.end, FRAME)));
        heard.and(passed);
        heard.and(spoken);
        return spoken.isEmpty() ? 1 : (double) heard.cardinality() / spoken.cardinality();
    }

    /// The frames in utterances, as loud as speech.
    BitSet spoken() {
        BitSet heard = new BitSet();
        utterances.forEach(
                each -> heard.set((int) (each.start / FRAME), (int) Math.ceilDiv(each.end, FRAME)));
        heard.and(passed);
        return heard;
    }
}
