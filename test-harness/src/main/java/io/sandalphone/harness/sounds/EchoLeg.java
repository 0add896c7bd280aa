package io.sandalphone.harness.sounds;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.echo.EchoDetector;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.media.vad.SoundClassifier;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.segment.UtteranceListener;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// One party's leg as a controller has it: the voice detector and the utterance detector on what comes
/// from it, and beside them the comparison with what is sent to it. Runs faster than time goes by.
final class EchoLeg implements AutoCloseable {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final int THRESHOLD = 64;

    /// So many frames are sent ahead of their turn when a phrase begins.
    private static final int CUSHION = 2;

    private final EchoLine line;
    private final SplittableRandom random;
    private final EchoDetector detector = new EchoDetector();
    private final VoiceDetector voice;
    private final UtteranceDetector utterances;
    private final List<Utterance> found = new ArrayList<>();
    private long position;
    private long nanos;
    private long start;
    private long latest;
    private final List<Step> steps = new ArrayList<>();

    /// An utterance, and what the comparison says of it when it ends.
    ///
    /// @param start its first position of what comes from the telephone
    /// @param lasting whether an echo fills much of it
    record Utterance(long start, long end, EchoDetector.Verdict verdict, boolean lasting) {
        /// How many samples of it lie from `from` to `to`.
        long within(long from, long to) {
            return Math.max(0, Math.min(end, to) - Math.max(start, from));
        }
    }

    /// One frame that the comparison was given.
    ///
    /// @param speech whether somebody seems to speak in what was heard
    record Step(AudioFrame frame, boolean sent, boolean speech, long nanos) {
        void into(EchoDetector detector) {
            if (sent) {
                detector.sent(frame, nanos);
            } else {
                detector.heard(frame, speech, nanos);
            }
        }
    }

    EchoLeg(EchoLine line, long seed) {
        this.line = line;
        random = new SplittableRandom(seed);
        voice =
                new SoundClassifier(
                        THRESHOLD, WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE));
        utterances =
                new UtteranceDetector(
                        UtteranceSettings.TELEPHONE,
                        UtteranceMeters.register(new SimpleMeterRegistry()),
                        new UtteranceListener() {
                            @Override
                            public void started(long at) {
                                start = at;
                            }

                            @Override
                            public void ended(long at) {
                                found.add(
                                        new Utterance(
                                                start,
                                                at,
                                                detector.verdict(start, at),
                                                detector.lasting(start, at)));
                            }

                            @Override
                            public void refused(long at) {}
                        });
    }

    /// Where what comes next from the telephone begins.
    long position() {
        return position;
    }

    /// All that the comparison was given so far, in its order.
    List<Step> steps() {
        return List.copyOf(steps);
    }

    /// `sent` is spoken to the person from now on while they say `said`, which is the longer one. Gives the
    /// utterances that ended meanwhile.
    List<Utterance> run(double[] sent, double[] said) {
        found.clear();
        short[] clean = Coding.muLaw(Arrays.copyOf(sent, Math.ceilDiv(sent.length, FRAME) * FRAME));
        short[] back = line.back(sent, Arrays.copyOf(said, said.length / FRAME * FRAME), random);
        int frames = back.length / FRAME;
        int handedOver = 0;
        for (int frame = 0; frame < frames; frame++) {
            while (handedOver * FRAME < clean.length && handedOver <= frame + CUSHION) {
                send(frame(clean, handedOver++, 0));
            }
            if (random.nextDouble() >= line.lost()) {
                hear(frame(back, frame, position));
            }
            position += FRAME;
            nanos += AudioFrame.MILLIS * 1_000_000L;
        }
        return List.copyOf(found);
    }

    private static AudioFrame frame(short[] pcm, int frame, long position) {
        return new AudioFrame(
                Arrays.copyOfRange(pcm, frame * FRAME, (frame + 1) * FRAME),
                AudioFrame.TELEPHONE_RATE,
                position);
    }

    private void send(AudioFrame frame) {
        step(new Step(frame, /* sent= */ true, /* speech= */ false, nanos));
    }

    private void step(Step step) {
        steps.add(step);
        step.into(detector);
    }

    private void hear(AudioFrame frame) {
        Sound sound = voice.judge(frame);
        // Packets come in their order.
        latest = Math.max(latest, nanos + random.nextInt(line.jitterMillis()) * 1_000_000L);
        step(new Step(frame, /* sent= */ false, sound.voiced(), latest));
        utterances.accept(frame, sound);
    }

    @Override
    public void close() {
        voice.close();
    }
}
