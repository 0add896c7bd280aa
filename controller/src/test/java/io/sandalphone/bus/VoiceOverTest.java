package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.SpeechLevel;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.VirtualLoop;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// When the other voice sinks and rises, on a line without a cushion.
class VoiceOverTest {
    private static final Duration HOLD = Duration.ofMillis(400);

    private final VirtualLoop loop = new VirtualLoop();
    private final long begin = loop.epochMillis();
    private final List<String> levels = new ArrayList<>();

    /// What is spoken to its party is heard at once, a frame on each tick.
    private final class Line implements LegAudio {
        private @Nullable FrameSource mouth;
        private Runnable drained = () -> {};

        @Override
        public void hear(FrameSink ears) {}

        @Override
        public void speak(FrameSource mouth, Runnable drained) {
            if (this.mouth == null) {
                this.mouth = mouth;
                this.drained = drained;
                loop.schedule(Duration.ZERO, this::tick);
            }
        }

        private void tick() {
            FrameSource source = mouth;
            if (source != null && source.poll() == null) {
                mouth = null;
                drained.run();
            } else {
                loop.schedule(Duration.ofMillis(AudioFrame.MILLIS), this::tick);
            }
        }

        @Override
        public void stop() {
            mouth = null;
        }

        @Override
        public void duck(double decibels) {
            levels.add("sunk " + (loop.epochMillis() - begin));
        }

        @Override
        public void restore() {
            levels.add("risen " + (loop.epochMillis() - begin));
        }
    }

    private final Line line = new Line();
    private final VoiceOver voiceOver =
            new VoiceOver(
                    line,
                    line,
                    loop,
                    new VoiceOverSettings(12, HOLD, 0),
                    new SpeechLevel(),
                    new VoiceOver.Listener() {
                        @Override
                        public void started(Phrase phrase) {}

                        @Override
                        public void ended(Phrase phrase) {}

                        @Override
                        public void spoken(AudioFrame frame) {}
                    });

    private static void sound(Phrase phrase, int millis) {
        var pcm = new short[millis * 8];
        Arrays.fill(pcm, (short) 1_000);
        phrase.append(pcm);
        phrase.finish();
    }

    private void advance(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    @Test
    void the_voice_is_back_at_once_where_nothing_more_is_to_come() {
        sound(voiceOver.track().reserve(), 200);
        advance(1_000);
        assertEquals(List.of("sunk 0", "risen 180"), levels);
    }

    @Test
    void it_stays_low_while_the_next_is_on_its_way_for_less_than_a_breath() {
        sound(voiceOver.track().reserve(), 200);
        Phrase next = voiceOver.track().reserve();
        advance(500);
        sound(next, 200);
        advance(1_000);
        assertEquals(List.of("sunk 0", "risen 680"), levels);
    }

    @Test
    void it_rises_where_the_next_takes_longer_than_a_breath_and_sinks_again_with_it() {
        sound(voiceOver.track().reserve(), 200);
        Phrase next = voiceOver.track().reserve();
        advance(1_000);
        assertEquals(List.of("sunk 0", "risen 600"), levels);
        sound(next, 200);
        advance(1_000);
        assertEquals(4, levels.size());
    }

    @Test
    void it_rises_at_once_where_what_was_on_its_way_comes_to_nothing() {
        sound(voiceOver.track().reserve(), 200);
        Phrase next = voiceOver.track().reserve();
        advance(300);
        next.abandon();
        assertEquals(List.of("sunk 0", "risen 300"), levels);
        advance(1_000);
        assertEquals(2, levels.size());
    }

    @Test
    void it_is_heard_for_a_moment_where_something_was_left_out() {
        sound(voiceOver.track().reserve(), 200);
        Phrase left = voiceOver.track().reserve();
        sound(voiceOver.track().reserve(), 200);
        advance(100);
        left.abandon();
        voiceOver.letVoicePass();
        advance(2_000);
        assertEquals(List.of("sunk 0", "risen 180", "sunk 800", "risen 980"), levels);
    }

    @Test
    void it_is_back_at_once_when_everything_is_dropped() {
        sound(voiceOver.track().reserve(), 200);
        voiceOver.track().reserve();
        advance(300);
        voiceOver.silence();
        advance(1_000);
        assertEquals(List.of("sunk 0", "risen 300"), levels);
    }
}
