package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/// What is heard of somebody who says more than can be said in the other language in that time, on a leg
/// that plays in virtual time.
class FallingBehindTest extends NumberCall {
    private static final String WORDS = "and then we went on to my sister in ";
    private static final String NUMBER = "and then we went on to the house with the number 14 in ";
    private static final String SPANISH_WORDS = "y entonces seguimos con mi hermana de ";

    /// Each clause has a word of its own, and sounds as a level of its own, too loud for a pause.
    private static final Pattern OWN_WORD = Pattern.compile("x[a-j]{3}");

    private static final int LOUD = 1_000;
    private static final int BOUND = 8_000;

    private final Map<String, short[]> sounds = new HashMap<>();

    private Interpreter begin() {
        settings =
                new LaneSettings(
                        CommitMode.UTTERANCE,
                        SpeculationSettings.NONE,
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(2),
                        new LagSettings(Duration.ofMillis(BOUND), 1.25),
                        VoiceOverSettings.USUAL);
        tens.into = text -> text.replace(WORDS, SPANISH_WORDS).replace(NUMBER, SPANISH_WORDS);
        voice.sound = this::sound;
        destination.playBy(loop);
        return start(ENGLISH, SPANISH, false);
    }

    private short[] sound(String translated) {
        short[][] parts =
                OWN_WORD.matcher(translated)
                        .results()
                        .map(word -> Objects.requireNonNull(sounds.get(word.group())))
                        .toArray(short[][]::new);
        var whole = new short[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    /// The caller has said something that takes so long to say in the other language.
    private void says(String text, int millis) {
        int clause = sounds.size();
        String word =
                "x%c%c%c".formatted('a' + clause / 100, 'a' + clause / 10 % 10, 'a' + clause % 10);
        var pcm = new short[millis * 8];
        Arrays.fill(pcm, (short) (LOUD + clause));
        sounds.put(word, pcm);
        words.open
                .getLast()
                .onTranscript(new TranscriptEvent.Final(text + word, 0, 1600, Optional.empty()));
        loop.settle();
    }

    /// Which clauses were heard.
    private List<Integer> clausesHeard() {
        return destination.heard().stream()
                .map(level -> level - LOUD)
                .filter(clause -> clause >= 0)
                .distinct()
                .toList();
    }

    private double accountedFor() {
        return meters.spoken().count() + meters.joined().count() + meters.skipped().count();
    }

    private void assertNothingWaitedLongerThanTheBound(String seen) {
        for (Progress step : progress) {
            if (step.firstAudio() != null) {
                long waited = step.firstAudio() - step.committed();
                assertTrue(
                        waited <= BOUND, seen + ": utterance " + step.utterance() + " " + waited);
            }
        }
    }

    @Test
    void
            who_does_not_pause_for_two_minutes_is_interpreted_to_the_end_and_never_further_behind_than_the_bound() {
        begin();
        for (int clause = 0; clause < 30; clause++) {
            says(WORDS, 5_200);
            loop.advance(Duration.ofSeconds(4));
        }
        loop.advance(Duration.ofSeconds(20));
        assertNothingWaitedLongerThanTheBound("two minutes");
        assertEquals(29, clausesHeard().getLast());
        assertTrue(meters.skipped().count() <= 2, meters.skipped().count() + " of 30 skipped");
        assertEquals(30, accountedFor());
        assertEquals("risen", caller.levels.getLast());
    }

    @Test
    void twice_as_much_as_can_be_said_costs_what_holds_no_number() {
        begin();
        for (int clause = 0; clause < 40; clause++) {
            says(clause % 4 == 0 ? NUMBER : WORDS, 4_000);
            loop.advance(Duration.ofSeconds(2));
        }
        loop.advance(Duration.ofSeconds(20));
        assertNothingWaitedLongerThanTheBound("two minutes");
        assertTrue(meters.skipped().count() > 10, meters.skipped().count() + " skipped");
        List<Progress> skipped = progress.stream().filter(Progress::skipped).toList();
        assertEquals(meters.skipped().count(), skipped.size());
        assertEquals(
                List.of(), skipped.stream().filter(step -> step.said().contains(NUMBER)).toList());
        assertEquals(40, accountedFor());
    }

    @Test
    void a_short_answer_after_a_long_sentence_is_spoken_at_its_own_pace_again() {
        begin();
        says(WORDS, 6_000);
        loop.advance(Duration.ofSeconds(1));
        says(WORDS, 2_000);
        loop.advance(Duration.ofSeconds(10));
        int before = destination.spoken.size();
        says(WORDS, 2_000);
        loop.advance(Duration.ofSeconds(5));
        assertEquals(100, destination.spoken.size() - before);
    }

    @Test
    void who_hangs_up_in_the_middle_leaves_nothing_to_be_said() {
        Interpreter interpreter = begin();
        for (int clause = 0; clause < 4; clause++) {
            says(WORDS, 3_000);
        }
        loop.advance(Duration.ofSeconds(1));
        interpreter.close();
        int heard = destination.spoken.size();
        loop.advance(Duration.ofSeconds(30));
        assertEquals(heard, destination.spoken.size());
        assertEquals("risen", caller.levels.getLast());
    }

    @Test
    void whatever_is_said_nothing_is_heard_later_than_the_bound_and_nothing_twice() {
        for (int seed = 0; seed < 8; seed++) {
            var each = new FallingBehindTest();
            Interpreter interpreter = each.begin();
            var random = new Random(seed);
            for (int clause = 0; clause < 60; clause++) {
                each.says(random.nextInt(4) == 0 ? NUMBER : WORDS, 300 + random.nextInt(7_000));
                each.loop.advance(Duration.ofMillis(random.nextInt(6_000)));
            }
            each.loop.advance(Duration.ofSeconds(30));
            each.assertNothingWaitedLongerThanTheBound("seed " + seed);
            List<Integer> heard = each.clausesHeard();
            assertEquals(heard.stream().sorted().distinct().toList(), heard, "seed " + seed);
            assertEquals(60, each.accountedFor(), "seed " + seed);
            interpreter.close();
        }
    }

    @Test
    void what_waits_in_a_hurry_is_translated_as_one_and_captioned_as_one() {
        begin();
        says(WORDS, 3_000);
        says(WORDS, 2_000);
        says(WORDS, 1_500);
        assertEquals(3, tens.asked.size(), "that is not too much yet");
        says(WORDS, 1_500);
        says(WORDS, 1_500);
        assertEquals(3, tens.asked.size());
        assertEquals(1, meters.joined().count());
        String both = WORDS + "xaad " + WORDS + "xaae";
        assertEquals(both, progress.getLast().said());
        loop.advance(Duration.ofSeconds(20));
        assertEquals(4, tens.asked.size());
        assertEquals(both, tens.asked.getLast().text());
        assertEquals(
                List.of(WORDS + "xaaa", WORDS + "xaab", WORDS + "xaac"),
                tens.asked.getLast().context());
        assertEquals(List.of(0, 1, 2, 3, 4), clausesHeard());
        assertEquals(4, meters.spoken().count());
    }

    @Test
    void what_waits_to_be_joined_is_dropped_where_recognition_is_lost() {
        begin();
        says(WORDS, 3_000);
        says(WORDS, 2_000);
        says(WORDS, 1_500);
        says(WORDS, 1_500);
        words.open
                .getLast()
                .onFailure(new SpeechException(SpeechException.Kind.UNREACHABLE, "as scripted"));
        loop.advance(Duration.ofSeconds(20));
        assertEquals(3, tens.asked.size(), "what was to be said is dropped with recognition");
        says(WORDS, 1_500);
        loop.advance(Duration.ofSeconds(5));
        assertEquals(4, clausesHeard().getLast());
    }
}
