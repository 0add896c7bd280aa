package io.sandalphone.harness.fakes.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class SettlingWordsTest {
    private final SettlingWords words = new SettlingWords();

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private void assertTold(String told, String hypothesis) {
        assertEquals(split(told), words.hypothesis(split(hypothesis)), hypothesis);
    }

    @Test
    void a_word_is_told_once_two_hypotheses_agree_on_it_and_another_one_follows() {
        assertTold("", "please");
        assertTold("", "please");
        assertTold("please", "please try");
        assertTold("try", "please try again");
        assertTold("", "please try a gain");
        assertEquals(split("again later"), words.complete(split("please try again later")));
    }

    @Test
    void what_was_told_stays_whatever_is_understood_later() {
        assertTold("", "please dry again");
        assertTold("please dry", "please dry again");
        assertTold("", "please try again");
        assertEquals(split("again"), words.complete(split("please try again")));
        assertEquals(List.of(), words.complete(split("please")));
    }

    @Test
    void what_follows_is_found_though_more_or_fewer_words_are_understood_in_what_was_told() {
        assertEquals(
                split("nobody in the take your call"),
                words.complete(split("nobody in the take your call")));
        assertEquals(
                split("at the moment"),
                words.complete(split("nobody is available to take your call at the moment")));
        assertEquals(List.of(), words.complete(split("nobody the moment")));
    }

    @Test
    void behind_a_pause_they_go_on() {
        assertTold("", "one moment");
        assertEquals(split("one moment"), words.complete(split("one moment")));
        assertTold("", "one moment please");
        assertTold("please", "one moment please wait");
    }
}
