package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

class MixerTest {
    private final Mixer mixer = new Mixer();

    private static short[] frame(int value) {
        var pcm = new short[160];
        Arrays.fill(pcm, (short) value);
        return pcm;
    }

    @Test
    void nothing_is_silence() {
        assertArrayEquals(new short[160], mixer.take());
    }

    @Test
    void one_track_alone_is_heard_as_it_is() {
        mixer.add(frame(1234));
        assertArrayEquals(frame(1234), mixer.take());
        assertArrayEquals(new short[160], mixer.take(), "and once");
    }

    @ParameterizedTest
    @CsvSource({
        "100, 200, 300",
        "32767, 1, 32767",
        "32767, 32767, 32767",
        "-32768, -32768, -32768",
        "32767, -32768, -1"
    })
    void tracks_are_added_and_cut_off_never_wrapped_around(int one, int other, int sum) {
        mixer.add(frame(one));
        mixer.add(frame(other));
        assertEquals(sum, mixer.take()[80]);
    }

    @Test
    void three_that_are_too_loud_together_in_the_middle_are_right_in_the_end() {
        mixer.add(frame(30_000));
        mixer.add(frame(30_000));
        mixer.add(frame(-30_000));
        assertEquals(30_000, mixer.take()[0]);
    }

    @Test
    void a_track_at_a_quarter_under_another() {
        var gain = new GainRamp();
        gain.moveTo(GainRamp.FULL / 4, 1);
        mixer.add(frame(1000));
        mixer.add(frame(4000), gain);
        assertEquals(2000, mixer.take()[0]);
        mixer.add(frame(4000), gain);
        assertEquals(1000, mixer.take()[0]);
    }

    @Test
    void what_is_added_is_never_written_to() {
        short[] one = frame(100);
        mixer.add(one);
        mixer.add(frame(5));
        mixer.take();
        assertArrayEquals(frame(100), one);
    }
}
