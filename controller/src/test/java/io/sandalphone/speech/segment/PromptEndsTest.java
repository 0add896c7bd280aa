package io.sandalphone.speech.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent.Partial;
import io.sandalphone.speech.TranscriptEvent.Word;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

class PromptEndsTest {
    private static final Language ENGLISH = new Language("en-US");
    private static final Language SPANISH = new Language("es-MX");

    private final List<Long> ends = new ArrayList<>();
    private final UtteranceDetector utterances =
            new UtteranceDetector(
                    UtteranceSettings.TELEPHONE,
                    UtteranceMeters.register(new SimpleMeterRegistry()),
                    new UtteranceListener() {
                        @Override
                        public void started(long position) {}

                        @Override
                        public void ended(long position) {
                            ends.add(position);
                        }
                    });
    private int frames;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "please wait while I connect your call",
                "I'm sorry, that number is not valid.",
                "Where is the nearest hospital?",
                "One moment please",
                "Yes.",
                "Thank you for your patience"
            })
    void whole_sentences_are_complete(String said) {
        assertTrue(complete(said, ENGLISH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I would like to go to the",
                "I would like to go to the.",
                "We need a room for two nights and",
                "My number is five five five",
                "The flight leaves at 10.",
                "If you want to come with us,",
                "I was just about to say ...",
                "My name is spelled B",
                "",
                "..."
            })
    void what_may_go_on_is_not(String said) {
        assertFalse(complete(said, ENGLISH));
    }

    @Test
    void so_it_is_in_spanish() {
        assertTrue(complete("Muchas gracias por su paciencia.", SPANISH));
        assertTrue(complete("¿Dónde está el hospital más cercano?", SPANISH));
        assertFalse(complete("Quiero ir mañana a la", SPANISH));
        assertFalse(complete("Mi número es el cuarenta y", SPANISH));
        assertFalse(complete("Mi número es el cuarenta", SPANISH));
    }

    @Test
    void complete_words_end_an_utterance_when_they_cover_it() {
        PromptEnds prompt = prompt(ENGLISH);
        hear(50, true);
        hear(20, false);
        prompt.heard(partial("please wait while I connect", 50));
        assertEquals(List.of(), ends);
        prompt.heard(partial("please wait while I connect your call", 60));
        assertEquals(List.of(50L * 160), ends);
    }

    @Test
    void words_of_all_three_kinds_count() {
        PromptEnds prompt = prompt(ENGLISH);
        hear(50, true);
        hear(20, false);
        prompt.heard(
                new Partial(
                        List.of(new Word("please", 0, 1600)), "wait here", "a moment", 0, 9600));
        assertEquals(List.of(50L * 160), ends);
    }

    private static Partial partial(String text, int frames) {
        return new Partial(List.of(), "", text, 0, frames * 160L);
    }

    private void hear(int count, boolean speech) {
        for (int i = 0; i < count; i++) {
            utterances.accept(
                    new AudioFrame(new short[160], AudioFrame.TELEPHONE_RATE, 160L * frames++),
                    speech);
        }
    }

    private boolean complete(String said, Language language) {
        return prompt(language).complete(said);
    }

    private PromptEnds prompt(Language language) {
        return new PromptEnds(ClauseRules.of(language).orElseThrow(), utterances);
    }
}
