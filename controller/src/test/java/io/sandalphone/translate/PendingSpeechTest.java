package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// What is spoken late, for ever or without end, on legs that play in virtual time.
class PendingSpeechTest extends NumberCall {
    private static final int SECOND = AudioFrame.TELEPHONE_RATE;

    private long latestMillis() {
        return progress.stream()
                .filter(step -> step.firstAudio() != null)
                .mapToLong(step -> Objects.requireNonNull(step.firstAudio()) - step.committed())
                .max()
                .orElseThrow();
    }

    @Test
    void what_would_be_further_behind_than_it_may_is_skipped_and_counted() {
        voice.samples = 144 * SECOND / 10;
        destination.playBy(loop);
        start(ENGLISH, SPANISH, false);
        for (int word = 1; word <= 50; word++) {
            say(caller, word);
            loop.advance(Duration.ofSeconds(12));
        }
        loop.advance(Duration.ofSeconds(60));
        assertTrue(latestMillis() <= 8_000, latestMillis() + " ms after its commit");
        assertEquals(50, meters.spoken().count() + meters.skipped().count());
        assertTrue(meters.spoken().count() >= 35, meters.spoken().count() + " of 50 spoken");
        assertEquals(
                meters.skipped().count(),
                progress.stream().filter(Progress::skipped).toList().size());
        assertEquals(List.of(), availability, "nothing is lacking, it only takes long to say");
        assertEquals("risen", caller.levels.getLast());
    }

    @Test
    void what_still_sounds_is_found_as_an_echo_though_the_next_utterance_was_refused() {
        voice.samples = 5 * SECOND;
        destination.playBy(loop);
        start(ENGLISH, SPANISH, true);
        say(caller, 5);
        loop.advance(Duration.ofSeconds(1));
        tens.refused = "6";
        tens.kind = SpeechException.Kind.REQUEST;
        say(caller, 6);
        echo(destination, 50);
        assertEquals(List.of("5", "6"), tens.asked.stream().map(TranslationRequest::text).toList());
    }

    @Test
    void a_direct_interpreter_that_has_more_to_say_than_time_is_not_voiced_late_either() {
        destination.playBy(loop);
        startDirect();
        tongue.begins(5);
        loop.settle();
        for (int second = 0; second < 9; second++) {
            tongue.sounds(5, SECOND);
            loop.advance(Duration.ofSeconds(1));
        }
        tongue.open.getLast().onUtteranceSpoken();
        tongue.sounds(5, 20 * SECOND);
        tongue.speaks(6);
        loop.advance(Duration.ofSeconds(2));
        tongue.begins(7);
        tongue.sounds(7, 10 * SECOND);
        tongue.open.getLast().onUtteranceSpoken();
        tongue.begins(8);
        loop.advance(Duration.ofSeconds(7));
        tongue.sounds(8, SECOND);
        tongue.open.getLast().onUtteranceSpoken();
        tongue.speaks(9);
        loop.advance(Duration.ofSeconds(20));
        assertEquals(List.of(50, 60, 70, 90), destination.heard());
        assertEquals(1, meters.skipped().count());
        assertEquals(0, meters.capped().count());
    }

    @Test
    void a_voice_without_end_is_cut_off_and_the_next_utterance_is_spoken() {
        voice.samples = SECOND;
        voice.pieces = 70;
        destination.playBy(loop);
        start(ENGLISH, SPANISH, false);
        say(caller, 5);
        loop.advance(Duration.ofSeconds(61));
        voice.pieces = 1;
        say(caller, 6);
        loop.advance(Duration.ofSeconds(10));
        assertEquals(60 * 50, destination.spoken.stream().filter(value -> value == 50).count());
        assertEquals(List.of(50, 60), destination.heard());
        assertEquals(1, meters.capped().count());
        assertEquals(2, meters.spoken().count());
    }

    @Test
    void a_direct_interpreter_without_end_is_cut_off_and_the_next_utterance_is_voiced() {
        destination.playBy(loop);
        startDirect();
        tongue.begins(5);
        tongue.sounds(5, 61 * SECOND);
        tongue.sounds(5, 61 * SECOND);
        loop.advance(Duration.ofSeconds(61));
        tongue.speaks(6);
        loop.advance(Duration.ofSeconds(1));
        assertEquals(60 * 50, destination.spoken.stream().filter(value -> value == 50).count());
        assertEquals(List.of(50, 60), destination.heard());
        assertEquals(1, meters.capped().count());
    }

    @Test
    void an_utterance_whose_end_never_comes_gives_its_place_to_the_next_at_last() {
        destination.playBy(loop);
        startDirect();
        tongue.begins(5);
        loop.advance(Duration.ofMinutes(2));
        tongue.speaks(6);
        loop.advance(Duration.ofSeconds(1));
        assertEquals(List.of(50, 60), destination.heard());
        assertEquals(1, meters.capped().count());
        assertEquals("risen", caller.levels.getLast());
    }

    @Test
    void a_voice_on_trial_that_never_ends_is_cut_off_too() {
        voice.hangs = "50";
        start(ENGLISH, SPANISH, false);
        say(caller, 5);
        loop.advance(Duration.ofSeconds(6));
        destination.playBy(loop);
        voice.samples = SECOND;
        voice.pieces = 70;
        say(caller, 6);
        loop.advance(Duration.ofSeconds(65));
        assertEquals(60 * 50, destination.spoken.stream().filter(value -> value == 60).count());
        assertEquals(1, meters.capped().count());
    }
}
