package io.sandalphone.speech.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.SpeechLevel;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.segment.Pause;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class SpeechInputTest {
    private static final int SAMPLES = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final int VOICE = 4000;
    private static final int REVERBERATION = 100;

    private final Microphone audio = new Microphone();
    private final List<Pause> pauses = new ArrayList<>();
    private final SpeechInput input =
            new SpeechInput(
                    new Speaker("call", new VirtualLoop(), Party.CALLER, audio),
                    new Detectors(
                            SpeechInputTest::hearsAnySound,
                            UtteranceSettings.TELEPHONE,
                            UtteranceMeters.register(new SimpleMeterRegistry()),
                            _ -> Optional.empty()),
                    new EchoGuard(),
                    new SpeechLevel(),
                    new Listener());

    @BeforeEach
    void it_listens() {
        input.start();
    }

    @AfterEach
    void it_has_heard_enough() {
        input.close();
    }

    @Test
    void a_pause_begins_where_the_sound_fell_not_where_the_detector_stopped_to_hear_it() {
        audio.sound(VOICE, 50);
        long fell = audio.position;
        audio.sound(REVERBERATION, 10);
        audio.sound(0, 1);

        assertEquals(new Pause(fell, 11 * AudioFrame.MILLIS), pauses.getLast());
        audio.sound(0, 4);
        assertEquals(new Pause(fell, 15 * AudioFrame.MILLIS), pauses.getLast());
    }

    @Test
    void so_does_the_one_behind_the_utterance() {
        audio.sound(VOICE, 50);
        long fell = audio.position;
        audio.sound(REVERBERATION, 10);
        audio.sound(0, 30);

        Pause end = pauses.stream().filter(Pause::isEnd).findFirst().orElseThrow();
        assertEquals(fell, end.position());
    }

    @Test
    void whoever_only_speaks_softly_has_not_paused() {
        audio.sound(VOICE, 50);
        audio.sound(VOICE / 6, 20);

        assertTrue(pauses.stream().allMatch(Pause.NONE::equals), pauses::toString);
    }

    private static VoiceDetector hearsAnySound() {
        return new VoiceDetector() {
            @Override
            public boolean speech(AudioFrame frame) {
                return frame.pcm()[0] != 0;
            }

            @Override
            public void close() {}
        };
    }

    private final class Listener implements SpeechListener {
        @Override
        public Transcription open() {
            return new Transcription() {
                @Override
                public void hear(AudioFrame frame) {}

                @Override
                public void utteranceStarted(long position) {}

                @Override
                public void utteranceEnded(long position) {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void paused(Pause pause) {
            pauses.add(pause);
        }

        @Override
        public void faulted(Throwable fault) {
            throw new AssertionError(fault);
        }

        @Override
        public void notOpened(SpeechException failure) {
            throw new AssertionError(failure);
        }
    }

    private static final class Microphone implements LegAudio {
        private FrameSink ears = _ -> {};
        long position;

        void sound(int amplitude, int frames) {
            for (int i = 0; i < frames; i++) {
                var pcm = new short[SAMPLES];
                Arrays.fill(pcm, (short) amplitude);
                ears.accept(new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position));
                position += SAMPLES;
            }
        }

        @Override
        public void hear(FrameSink ears) {
            this.ears = ears;
        }

        @Override
        public void speak(FrameSource mouth, Runnable drained) {
            throw new AssertionError("nobody speaks to them");
        }

        @Override
        public void whenPlayed(Runnable played) {
            throw new AssertionError("nobody speaks to them");
        }

        @Override
        public void stop() {}

        @Override
        public void duck(double decibels) {}

        @Override
        public void restore() {}
    }
}
