package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.telephony.LegMedia;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/// Keys whose tones a stall of the loop falls into: the far end plays silence meanwhile.
class StalledKeysTest {
    private final StringBuilder sent = new StringBuilder();
    private final ListenerBus bus =
            new ListenerBus(
                    new PlayoutBuffer(BusMeters.register(new SimpleMeterRegistry())),
                    fault -> {
                        throw new AssertionError(fault);
                    });
    private final LegMedia media =
            new LegMedia() {
                @Override
                public void hear(FrameSink ears) {}

                @Override
                public void send(AudioFrame frame) {
                    boolean sounds = frame.pcm()[80] != 0 || frame.pcm()[81] != 0;
                    sent.append(sounds ? '#' : '.');
                }

                @Override
                public void whenPlayed(Runnable played) {}

                @Override
                public void clear() {}
            };

    private void ticks(int... numbers) {
        Arrays.stream(numbers)
                .forEach(number -> bus.tick(number * Pacer.PERIOD_NANOS, media, false));
    }

    @Test
    void a_key_sounds_for_five_ticks_and_is_followed_by_three_of_silence() {
        bus.press('2');
        bus.press('5');
        ticks(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertEquals("#####...#####.", sent.toString());
    }

    @Test
    void one_that_has_sounded_for_long_enough_does_not_go_on_behind_a_stall() {
        bus.press('2');
        bus.press('5');
        ticks(0, 1, 12, 13, 14, 15, 16, 17);
        assertEquals("##...###", sent.toString());
    }

    @Test
    void one_that_has_hardly_sounded_begins_again() {
        bus.press('2');
        ticks(0, 12, 13, 14, 15, 16, 17, 18);
        assertEquals("######..", sent.toString());
    }
}
