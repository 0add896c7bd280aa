package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.SplittableRandom;

class ProfileTest {
    @ParameterizedTest
    @CsvSource({"cloud, 300, 500, 100, 250, 120, 300", "fast, 150, 250, 40, 90, 60, 120"})
    void the_profiles_have_the_published_figures(
            String name, int word, int wordMost, int text, int textMost, int sound, int soundMost) {
        Profile profile = Profile.of(name).orElseThrow();

        assertEquals(new Delay(word, wordMost), profile.partial());
        assertEquals(new Delay(text, textMost), profile.translation());
        assertEquals(new Delay(sound, soundMost), profile.firstByte());
    }

    @Test
    void a_profile_that_is_not_in_the_file_is_none() {
        assertTrue(Profile.of("slow").isEmpty());
    }

    @Test
    void delays_are_drawn_as_the_profile_says() {
        var chance = new SplittableRandom(1);
        var delay = new Delay(300, 500);
        long[] drawn = new long[20_000];
        Arrays.setAll(drawn, _ -> delay.draw(chance));
        Arrays.sort(drawn);

        assertEquals(300.0, (double) drawn[10_000], 5);
        assertEquals(500.0, (double) drawn[19_000], 10);
    }

    @Test
    void chance_is_the_same_for_the_same_purpose_whatever_was_drawn_before() {
        var chance = new Chance(7, "en-short-01");
        var delay = new Delay(100, 250);
        long once = delay.draw(chance.of("translation", "good day"));
        delay.draw(chance.of("translation", "other"));

        assertEquals(once, delay.draw(chance.of("translation", "good day")));
    }
}
