package io.sandalphone.telephony.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.media.AudioFrame;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class FrameCutterTest {
    private final List<AudioFrame> frames = new ArrayList<>();
    private final FrameCutter cutter = new FrameCutter();

    private int cut(int samples, long millis) {
        return cutter.cut(new short[samples], millis, frames::add);
    }

    private List<Long> positions() {
        return frames.stream().map(AudioFrame::position).toList();
    }

    @Test
    void pieces_of_a_frame_are_frames() {
        cut(160, 20);
        cut(160, 40);
        cut(160, 60);

        assertEquals(List.of(0L, 160L, 320L), positions());
    }

    @Test
    void pieces_of_any_length_become_whole_frames_with_nothing_lost_or_added() {
        var chance = new Random(1);
        var all = new short[8000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (short) i;
        }
        int at = 0;
        while (at < all.length) {
            int length = Math.min(all.length - at, chance.nextInt(1, 700));
            var piece = new short[length];
            System.arraycopy(all, at, piece, 0, length);
            cutter.cut(piece, -1, frames::add);
            at += length;
        }

        assertEquals(50, frames.size());
        for (AudioFrame frame : frames) {
            for (int i = 0; i < 160; i++) {
                assertEquals((short) (frame.position() + i), frame.pcm()[i]);
            }
        }
    }

    @Test
    void what_was_not_sent_is_a_gap() {
        cut(160, 0);
        cut(160, 100);

        assertEquals(List.of(0L, 800L), positions());
    }

    @Test
    void a_rest_before_a_gap_is_filled_with_silence() {
        cut(80, 0);
        cut(160, 100);

        assertEquals(List.of(0L, 800L), positions());
    }

    @Test
    void times_that_are_rounded_make_no_gaps() {
        for (int i = 0; i < 50; i++) {
            cut(160, i * 20L + (i % 3 - 1) * 7L + 10);
        }

        assertEquals(50, frames.size());
        assertEquals(49 * 160, frames.getLast().position());
    }

    @Test
    void a_piece_that_comes_too_late_is_left_out() {
        cut(160, 0);
        cut(160, 40);

        assertEquals(160, cut(160, 20));
        assertEquals(0, cut(160, 60));
        assertEquals(List.of(0L, 320L, 480L), positions());
    }

    @Test
    void a_clock_that_begins_anew_is_followed() {
        cut(160, 100_000);
        cut(160, 20);
        cut(160, 40);

        assertEquals(List.of(0L, 160L, 320L), positions());
    }

    @Test
    void a_time_beyond_belief_is_not_believed() {
        cut(160, 0);
        cut(160, 999_999_999_999_999L);
        cut(160, 40);

        assertEquals(List.of(0L, 160L, 320L), positions());
    }

    @Test
    void the_next_stream_goes_on_where_the_last_one_ended() {
        var next = new FrameCutter(480);
        next.cut(new short[160], 20, frames::add);
        next.cut(new short[160], 40, frames::add);

        assertEquals(List.of(480L, 640L), positions());
    }
}
