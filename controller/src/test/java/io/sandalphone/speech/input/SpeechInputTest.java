package io.sandalphone.speech.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
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
    private static final String[] LEG = {"carrier", "trial", "party", "caller"};

    private final Microphone audio = new Microphone();
    private final List<Pause> pauses = new ArrayList<>();
    private final HeardLevels levels = new HeardLevels();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SpeechInput input =
            new SpeechInput(
                    new Speaker("call", new VirtualLoop(), Party.CALLER, audio, levels),
                    new Detectors(
                            SpeechInputTest::hearsAnySound,
                            UtteranceSettings.TELEPHONE,
                            UtteranceMeters.register(registry),
                            LevelMeters.register(registry),
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

    @Test
    void how_loud_a_voice_is_stands_in_the_meters_of_its_carrier_and_party() {
        audio.sound(VOICE, 50);

        DistributionSummary level = registry.get("sandalphone.leg.level").tags(LEG).summary();
        assertEquals(1, level.count());
        // A constant 4000 of 32768.
        assertEquals(18.27, level.max(), 0.01);
        assertEquals(50, count("heard", "sound", "speech"));
        assertEquals(0, count("clipped"));
    }

    @Test
    void pauses_count_as_heard_and_make_no_voice_softer() {
        audio.sound(VOICE, 25);
        audio.sound(0, 50);
        audio.sound(VOICE, 25);

        assertEquals(50, count("heard", "sound", "silence"));
        assertEquals(18.27, registry.get("sandalphone.leg.level").tags(LEG).summary().max(), 0.01);
    }

    @Test
    void samples_at_the_limit_of_mu_law_are_counted_and_those_below_are_not() {
        audio.sound(32_124, 2);
        audio.sound(31_100, 48);

        assertEquals(2 * SAMPLES, count("clipped"));
    }

    @Test
    void whoever_asks_sees_how_loud_they_were_in_the_last_200_ms() {
        audio.sound(VOICE, 9);
        assertEquals(Optional.empty(), levels.of(Party.CALLER));
        audio.sound(VOICE, 1);
        audio.sound(0, 9);
        HeardLevel voice = levels.of(Party.CALLER).orElseThrow();
        assertEquals(-18.27, voice.decibels(), 0.01);
        assertTrue(voice.speech());

        audio.sound(0, 1);
        assertEquals(
                Optional.of(new HeardLevel(HeardLevel.SOFTEST, false, 0)), levels.of(Party.CALLER));
        assertEquals(Optional.empty(), levels.of(Party.DESTINATION));
    }

    @Test
    void when_nobody_listens_any_more_nothing_is_shown() {
        audio.sound(32_767, 15);
        assertTrue(levels.of(Party.CALLER).isPresent());
        input.close();

        assertEquals(15, count("heard", "sound", "speech"));
        assertEquals(Optional.empty(), levels.of(Party.CALLER));
    }

    private double count(String name, String... tags) {
        return registry.get("sandalphone.leg." + name).tags(LEG).tags(tags).counter().count();
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
        public String carrier() {
            return "trial";
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
