package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.media.AudioFrame;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

class SpeechTrackTest {
    private final List<String> told = new ArrayList<>();
    private final List<Phrase> phrases = new ArrayList<>();
    private final SpeechTrack track =
            new SpeechTrack(
                    new SpeechTrack.Listener() {
                        @Override
                        public void started(Phrase phrase) {
                            told.add("started " + phrases.indexOf(phrase));
                        }

                        @Override
                        public void ended(Phrase phrase) {
                            told.add("ended " + phrases.indexOf(phrase));
                        }

                        @Override
                        public void ready() {
                            told.add("ready");
                        }
                    });

    private Phrase reserve() {
        Phrase phrase = track.reserve();
        phrases.add(phrase);
        return phrase;
    }

    private static short[] sound(int samples, int value) {
        var pcm = new short[samples];
        Arrays.fill(pcm, (short) value);
        return pcm;
    }

    /// First samples of the frames that can be had now; 0 is silence.
    private List<Integer> pollAll() {
        List<Integer> values = new ArrayList<>();
        for (AudioFrame frame = track.poll(); frame != null; frame = track.poll()) {
            values.add((int) frame.pcm()[0]);
        }
        return values;
    }

    private AudioFrame next() {
        return Objects.requireNonNull(track.poll(), "there should be a frame");
    }

    @Test
    void phrases_sound_in_the_order_of_their_places_not_of_their_sound() {
        Phrase first = reserve();
        Phrase second = reserve();
        second.append(sound(160, 2));
        second.finish();
        assertNull(track.poll(), "the second must wait for the first");
        first.append(sound(160, 1));
        first.finish();
        List<Integer> heard = pollAll();
        assertEquals(1, heard.getFirst());
        assertEquals(2, heard.getLast());
        assertEquals(2 + SpeechTrack.PAUSE_FRAMES, heard.size(), "a pause between them: " + heard);
    }

    @Test
    void an_abandoned_phrase_lets_the_next_one_speak() {
        Phrase first = reserve();
        Phrase second = reserve();
        assertNull(track.poll());
        second.append(sound(160, 2));
        second.finish();
        first.abandon();
        assertEquals(List.of("ended 0", "ready"), told);
        assertEquals(List.of(2), pollAll());
    }

    @Test
    void the_first_sound_is_announced_although_nobody_has_polled_yet() {
        reserve().append(sound(160, 1));
        assertEquals(List.of("ready"), told);
    }

    @Test
    void the_last_frame_is_filled_up_with_silence_and_nothing_is_lost() {
        Phrase phrase = reserve();
        phrase.append(sound(100, 7));
        phrase.append(sound(100, 7));
        phrase.finish();
        AudioFrame full = next();
        AudioFrame rest = next();
        assertEquals(160, count(full, 7));
        assertEquals(40, count(rest, 7));
        assertEquals(120, count(rest, 0));
        assertNull(track.poll());
        assertEquals(List.of("ready", "started 0", "ended 0"), told);
    }

    private static long count(AudioFrame frame, int value) {
        long count = 0;
        for (short sample : frame.pcm()) {
            if (sample == value) {
                count++;
            }
        }
        return count;
    }

    @Test
    void sound_that_comes_slowly_is_announced_each_time_there_is_some_again() {
        Phrase phrase = reserve();
        assertNull(track.poll());
        phrase.append(sound(80, 1));
        assertEquals(List.of(), told, "half a frame is nothing to poll yet");
        phrase.append(sound(80, 1));
        assertEquals(List.of("ready"), told);
        assertEquals(List.of(1), pollAll());
        phrase.append(sound(160, 1));
        phrase.append(sound(160, 1));
        assertEquals(List.of("ready", "started 0", "ready"), told);
    }

    @Test
    void clearing_ends_every_phrase_without_a_sound() {
        Phrase first = reserve();
        reserve();
        first.append(sound(320, 1));
        track.poll();
        track.clear();
        assertEquals(0, track.waiting());
        assertNull(track.poll());
        assertEquals(List.of("ready", "started 0", "ended 0", "ended 1"), told);
        first.append(sound(160, 1));
        assertNull(track.poll(), "what comes late is not heard");
    }

    @Test
    void positions_count_every_sample_handed_over() {
        Phrase phrase = reserve();
        phrase.append(sound(480, 1));
        phrase.finish();
        assertEquals(0, next().position());
        assertEquals(160, next().position());
        assertEquals(480, next().end());
    }

    private static short[] hum(double seconds) {
        var pcm = new short[(int) (seconds * AudioFrame.TELEPHONE_RATE)];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(8000 * Math.cos(2 * Math.PI * i / 80));
        }
        return pcm;
    }

    @Test
    void while_it_is_spoken_faster_a_phrase_takes_less_time_and_is_not_cut_off() {
        Phrase phrase = reserve();
        phrase.append(hum(2));
        phrase.finish();
        assertEquals(16_000, phrase.left());
        for (int i = 0; i < 50; i++) {
            next();
        }
        assertEquals(8_000, phrase.left());
        track.play(1.25, false);
        assertEquals(40, pollAll().size(), 1);
        assertEquals(0, phrase.left());
        assertEquals(16_000, phrase.appended());
    }

    @Test
    void pauses_between_phrases_are_shortened_with_those_within() {
        track.play(1, true);
        for (int i = 0; i < 2; i++) {
            Phrase phrase = reserve();
            phrase.append(sound(160, 500));
            phrase.append(new short[AudioFrame.TELEPHONE_RATE]);
            phrase.append(sound(160, 500));
            phrase.finish();
        }
        int silent = (int) pollAll().stream().filter(value -> value == 0).count();
        assertEquals(2 * 7 + SpeechTrack.SHORT_PAUSE_FRAMES, silent, 2);
    }

    @Test
    void only_a_phrase_that_may_be_repeated_keeps_what_was_handed_over() {
        Phrase repeatable = track.reserve(true);
        Phrase usual = track.reserve();
        repeatable.append(new short[300]);
        usual.append(new short[300]);
        assertEquals(1, repeatable.sound().size());
        assertEquals(0, usual.sound().size());
    }
}
