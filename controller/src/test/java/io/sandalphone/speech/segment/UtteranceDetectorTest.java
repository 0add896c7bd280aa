package io.sandalphone.speech.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.speech.UtteranceRecognizer;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A speaker is a string: `s` a frame with speech, `.` one without, `_` one that was lost. Frames
/// carry their number, counted from zero, as their first sample. The frame by which an end is found
/// out is not part of what [UtterancesOnly] hands on.
class UtteranceDetectorTest {
    /// 3 of 4 frames begin an utterance, with 6 frames of pre-roll; 5 frames of silence end it, or 2
    /// when it is longer than 20 frames, or nothing when it is 30 long.
    private static final UtteranceSettings SETTINGS = settings(3, 4, 6, 5, 2, 20, 30);

    private final UtteranceMeters meters = UtteranceMeters.register(new SimpleMeterRegistry());
    private final Told told = new Told();
    private final UtteranceDetector detector = new UtteranceDetector(SETTINGS, meters, told);
    private final UtterancesOnly listening = new UtterancesOnly(told);
    private int frame;

    @Test
    void an_utterance_begins_with_what_was_heard_before_it_and_ends_after_silence() {
        hear("..........ssssssssss.....");
        assertEquals(List.of("7-20"), told.utterances);
        assertEquals(range(7, 24), told.frames);
    }

    @Test
    void it_is_known_to_begin_as_soon_as_there_is_enough_speech() {
        hear("......ss");
        assertEquals(0, told.started);
        hear("s");
        assertEquals(1, told.started);
        assertEquals(range(3, 9), told.frames);
    }

    @Test
    void speech_with_a_hole_in_it_begins_an_utterance_too() {
        hear("......ss.s");
        assertEquals(1, told.started);
    }

    @Test
    void clicks_are_dropped_and_counted() {
        hear("....s.......ss......s.s.......s...s...s....");
        assertEquals(0, told.started);
        assertTrue(told.frames.isEmpty());
        assertEquals(4, meters.clicks().count());
    }

    @Test
    void a_short_pause_does_not_end_an_utterance() {
        hear("ssssss....ssssss.....");
        assertEquals(List.of("0-16"), told.utterances);
        assertEquals(range(0, 20), told.frames);
    }

    @Test
    void how_long_nobody_has_been_speaking_is_told_within_an_utterance() {
        hear("...sssss..ss....s.....");
        assertEquals(
                List.of(
                        "8+1", "8+2", "11+0", "12+1", "12+2", "12+3", "12+4", "17+0", "17+1",
                        "17+2", "17+3", "17+4"),
                told.silences);
    }

    @Test
    void what_belonged_to_one_utterance_is_no_pre_roll_of_the_next() {
        hear("sss.....sss.....");
        assertEquals(List.of("0-3", "8-11"), told.utterances);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14), told.frames);
    }

    @Test
    void what_sounds_complete_ends_after_a_shorter_silence() {
        hear("ssssssssss..");
        complete(14);
        assertEquals(List.of(), told.utterances);
        hear(".");
        assertEquals(List.of("0-10"), told.utterances);
        assertEquals(1, meters.prompt().count());
    }

    @Test
    void what_turns_out_complete_within_the_silence_ends_at_once() {
        hear("ssssssssss....");
        complete(14);
        assertEquals(List.of("0-10"), told.utterances);
    }

    @Test
    void whoever_speaks_on_is_not_taken_at_their_word() {
        hear("ssssssssss..");
        complete(14);
        hear("ssss....");
        assertEquals(List.of(), told.utterances);
        hear(".");
        assertEquals(List.of("0-16"), told.utterances);
        assertEquals(0, meters.prompt().count());
    }

    @Test
    void words_that_end_with_their_speech_are_not_known_yet() {
        hear("ssssssssss...");
        complete(13);
        assertEquals(List.of(), told.utterances);
        complete(14);
        assertEquals(List.of("0-10"), told.utterances);
    }

    @Test
    void what_sounded_complete_says_nothing_of_the_next_utterance() {
        hear("ssssssssss.....");
        complete(99);
        hear("ssss...");
        assertEquals(List.of("0-10"), told.utterances);
    }

    @Test
    void an_utterance_that_has_become_long_ends_at_a_breath() {
        hear("sssssssssss..ssssssss..");
        assertEquals(List.of("0-21"), told.utterances);
        assertEquals(0, meters.capped().count());
    }

    @Test
    void one_that_never_pauses_ends_at_its_longest_and_the_next_goes_on_where_it_ended() {
        hear("s".repeat(70));
        detector.finish();
        assertEquals(List.of("0-30", "30-60", "60-70"), told.utterances);
        assertEquals(range(0, 70), told.frames);
        assertEquals(2, meters.capped().count());
        assertEquals(3, meters.started().count());
    }

    @Test
    void a_gap_in_an_utterance_is_filled_with_silence() {
        hear("ssss__ssss.....");
        assertEquals(List.of("0-10"), told.utterances);
        assertEquals(List.of(0, 1, 2, 3, 0, 0, 6, 7, 8, 9, 10, 11, 12, 13), told.frames);
        assertEquals(14 * 160, told.end);
    }

    @Test
    void a_long_gap_ends_the_utterance_as_silence_does() {
        hear("ssss" + "_".repeat(1_000_000) + "s");
        assertEquals(List.of("0-4"), told.utterances);
        assertEquals(4, told.frames.size());
    }

    @Test
    void sound_before_a_gap_is_not_part_of_what_begins_after_it() {
        hear("..ss__sss");
        detector.finish();
        assertEquals(List.of("6-9"), told.utterances);
        assertEquals(range(6, 9), told.frames);
        assertEquals(1, meters.clicks().count());
    }

    @Test
    void finishing_ends_what_goes_on_and_nothing_twice() {
        hear("ssss.");
        detector.finish();
        detector.finish();
        assertEquals(List.of("0-4"), told.utterances);
    }

    @Test
    void whatever_is_heard_utterances_are_whole_and_in_order() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            int run = random.nextInt(8);
            hear(String.valueOf("s._".charAt(random.nextInt(3))).repeat(run));
        }
        detector.finish();
        assertTrue(told.utterances.size() > 100, "seed " + seed);
        assertEquals(told.started, told.utterances.size(), "seed " + seed);
        assertTrue(told.longest <= 30, "seed " + seed);
    }

    @Test
    void settings_that_contradict_each_other_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> settings(5, 4, 6, 5, 2, 20, 30));
        assertThrows(IllegalArgumentException.class, () -> settings(3, 7, 6, 5, 2, 20, 30));
        assertThrows(IllegalArgumentException.class, () -> settings(3, 4, 6, 5, 6, 20, 30));
        assertThrows(IllegalArgumentException.class, () -> settings(3, 4, 25, 5, 2, 20, 30));
        assertThrows(IllegalArgumentException.class, () -> settings(3, 4, 6, 5, 2, 31, 30));
        assertThrows(IllegalArgumentException.class, () -> settings(0, 4, 6, 5, 2, 20, 30));
        assertThrows(IllegalArgumentException.class, () -> settings(3, 4, 33, 5, 2, 70, 80));
        var odd = Duration.ofMillis(90);
        var message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new UtteranceSettings(odd, odd, odd, odd, odd, odd, odd))
                        .getMessage();
        assertEquals("onset PT0.09S is not a multiple of 20 ms", message);
    }

    private void hear(String sound) {
        for (int i = 0; i < sound.length(); i++) {
            if (sound.charAt(i) != '_') {
                var pcm = new short[160];
                pcm[0] = (short) frame;
                var heard = new AudioFrame(pcm, 8000, frame * 160L);
                detector.accept(heard, sound(sound.charAt(i)));
                listening.hear(heard);
            }
            frame++;
        }
    }

    private static Sound sound(char letter) {
        return switch (letter) {
            case 's' -> Sound.SPEECH;
            case 'd' -> Sound.DOUBTFUL;
            case 'm' -> Sound.MUSIC;
            case 't' -> Sound.SIGNAL;
            default -> Sound.SILENCE;
        };
    }

    @Test
    void what_is_doubtful_begins_an_utterance_when_it_turns_out_to_be_speech() {
        hear("..........ddddd");
        assertEquals(0, told.started);
        hear("sssssss.....");
        assertEquals(List.of("7-22"), told.utterances);
    }

    @Test
    void what_is_doubtful_begins_none_when_it_turns_out_to_be_music() {
        hear("..........dddddmmmmm.....");
        assertEquals(0, told.started);
    }

    @Test
    void doubt_that_lasts_or_ends_in_silence_is_speech() {
        hear("..........ddd..........");
        assertEquals(1, told.started);
        hear("d".repeat(3 + UtteranceDetector.LONGEST_DOUBT - 1));
        assertEquals(1, told.started);
        hear("d");
        assertEquals(2, told.started);
    }

    @Test
    void an_utterance_of_which_much_is_doubtful_is_refused() {
        hear("..........sssddddddddddddddmmmmm.......");
        assertEquals(1, told.started);
        assertEquals(1, meters.refused().count());
    }

    @Test
    void what_the_ends_of_tones_sound_like_is_refused() {
        hear("..........ssssstttsssssttttt.......");
        assertEquals(1, told.started);
        assertEquals(1, meters.refused().count());
    }

    @Test
    void a_word_beside_tones_is_heard() {
        hear("..........tttttsssssstttttttttt.......");
        assertEquals(1, told.utterances.size());
        assertEquals(0, meters.refused().count());
    }

    @Test
    void who_has_just_spoken_is_heard_between_tones_all_the_same() {
        hear("..........ssssssssss.......ssssstttsssssttttt.......");
        assertEquals(2, told.utterances.size());
        assertEquals(0, meters.refused().count());
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    /// What was said up to a frame sounds complete, and ends after 3 frames of silence.
    private void complete(int frame) {
        detector.soundsComplete(frame * 160L, 60);
    }

    private static UtteranceSettings settings(int... frames) {
        var durations = new ArrayList<Duration>();
        for (int count : frames) {
            durations.add(Duration.ofMillis(20L * count));
        }
        return new UtteranceSettings(
                durations.get(0),
                durations.get(1),
                durations.get(2),
                durations.get(3),
                durations.get(4),
                durations.get(5),
                durations.get(6));
    }

    /// Keeps what it is told, and insists on its order.
    private final class Told implements UtteranceListener, UtteranceRecognizer {
        final List<String> utterances = new ArrayList<>();
        final List<Integer> frames = new ArrayList<>();
        final List<String> silences = new ArrayList<>();
        int started;
        int longest;
        long end;
        private long start;
        private int length;
        private boolean inside;

        @Override
        public void started(long position) {
            assertTrue(!inside && position >= end, "begins at " + position);
            inside = true;
            started++;
            start = position;
            end = position;
            length = 0;
            listening.utteranceStarted(position);
        }

        @Override
        public void hear(AudioFrame frame) {
            assertTrue(inside, "a frame between utterances");
            assertEquals(end, frame.position(), "frames of an utterance have no gaps");
            end = frame.end();
            longest = Math.max(longest, ++length);
            frames.add((int) frame.pcm()[0]);
        }

        @Override
        public void silent(long position, int frames) {
            assertTrue(inside, "silence between utterances");
            silences.add(position / 160 + "+" + frames);
        }

        @Override
        public void ended(long position) {
            assertTrue(inside && length > 0, "ends without having begun");
            assertTrue(position > start && position <= end, "ends at " + position);
            listening.utteranceEnded(position);
        }

        @Override
        public void utteranceEnded(long position) {
            inside = false;
            utterances.add(start / 160 + "-" + position / 160);
        }

        @Override
        public void close() {}
    }
}
