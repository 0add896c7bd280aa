package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.telephony.LegMedia;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A listener who gets the other party's voice and what is spoken to them in a channel each.
class SplitListenerTest {
    private static final class SplitMedia implements LegMedia {
        final List<AudioFrame> voices = new ArrayList<>();
        final List<AudioFrame> spoken = new ArrayList<>();

        @Override
        public boolean isSplit() {
            return true;
        }

        @Override
        public void sendApart(AudioFrame voice, AudioFrame speech) {
            voices.add(voice);
            spoken.add(speech);
        }

        @Override
        public void send(AudioFrame frame) {
            throw new AssertionError("mixed");
        }

        @Override
        public void hear(FrameSink ears) {}

        @Override
        public void whenPlayed(Runnable played) {}

        @Override
        public void clear() {}

        @Override
        public void whenToldPlayed(Runnable told) {
            told.run();
        }
    }

    private static AudioFrame frame(int value) {
        var pcm = new short[160];
        Arrays.fill(pcm, (short) value);
        return new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, 0);
    }

    private static int last(AudioFrame frame) {
        return frame.pcm()[159];
    }

    @Test
    void the_voice_and_what_is_spoken_come_apart() {
        // A tone of ours, which goes where the voice goes.
        var silent = new PlayoutBuffer(BusMeters.register(new SimpleMeterRegistry()));
        var bus =
                new ListenerBus(
                        silent,
                        fault -> {
                            throw new AssertionError(fault);
                        });
        var listener = new SplitMedia();
        bus.play(() -> frame(1000));
        bus.tick(0, listener, false);
        List<AudioFrame> words = new ArrayList<>(List.of(frame(3), frame(5), frame(7)));
        bus.speak(() -> words.isEmpty() ? null : words.removeFirst(), () -> {});
        for (int tick = 1; tick < 6; tick++) {
            bus.tick(tick * 20_000_000L, listener, false);
        }
        assertTrue(listener.voices.stream().allMatch(voice -> last(voice) == 1000));
        assertEquals(
                List.of(0, 3, 5, 7, 0, 0),
                listener.spoken.stream().map(SplitListenerTest::last).toList());
        assertEquals(5 * 160, listener.spoken.getLast().position());
    }

    @Test
    void the_listener_is_asked_behind_the_frame_that_is_to_be_told_of() {
        var bus =
                new ListenerBus(
                        new PlayoutBuffer(BusMeters.register(new SimpleMeterRegistry())),
                        fault -> {
                            throw new AssertionError(fault);
                        });
        var listener = new SplitMedia();
        List<Integer> played = new ArrayList<>();
        List<AudioFrame> words = new ArrayList<>(List.of(frame(3), frame(5), frame(7)));
        bus.speak(
                () -> {
                    if (words.isEmpty()) {
                        return null;
                    }
                    AudioFrame next = words.removeFirst();
                    // All three are asked for with the first tick.
                    bus.whenPlayed(() -> played.add(last(next) * 10 + listener.spoken.size()));
                    return next;
                },
                () -> {});

        for (int tick = 0; tick < 4; tick++) {
            bus.tick(tick * 20_000_000L, listener, false);
        }

        assertEquals(List.of(31, 52, 73), played);
    }

    @Test
    void what_is_dropped_is_not_told_of() {
        var bus =
                new ListenerBus(
                        new PlayoutBuffer(BusMeters.register(new SimpleMeterRegistry())),
                        fault -> {
                            throw new AssertionError(fault);
                        });
        var listener = new SplitMedia();
        List<String> played = new ArrayList<>();
        bus.speak(() -> frame(3), () -> {});
        bus.tick(0, listener, false);
        bus.whenPlayed(() -> played.add("dropped"));
        bus.fallSilent();
        for (int tick = 1; tick < 6; tick++) {
            bus.tick(tick * 20_000_000L, listener, false);
        }

        assertEquals(List.of(), played);
    }
}
