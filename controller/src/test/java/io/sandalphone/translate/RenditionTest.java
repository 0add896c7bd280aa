package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class RenditionTest extends NumberCall {
    private final List<String> told = new ArrayList<>();
    private final List<Integer> heard = new ArrayList<>();

    private final class Telling implements Rendition.Listener {
        @Override
        public void translated(String text) {
            told.add("translated " + text);
        }

        @Override
        public void voiced(int samples) {
            told.add("voiced " + samples);
        }

        @Override
        public void completed() {
            told.add("completed");
        }

        @Override
        public void failed(Throwable failure) {
            told.add("failed " + failure.getMessage());
        }
    }

    private Rendition begin(String text) {
        Rendition rendition =
                Rendition.begin(
                        dependencies(),
                        loop,
                        new TranslationRequest(text, ENGLISH, SPANISH, List.of(), Usage.UNMETERED));
        loop.settle();
        return rendition;
    }

    private void hear(short[] pcm) {
        heard.add((int) pcm[0]);
    }

    @Test
    void it_is_not_spoken_before_that_is_wanted() {
        Rendition rendition = begin("5");
        rendition.tell(new Telling());
        assertEquals(List.of("translated 50"), told);
        rendition.speak();
        loop.settle();
        assertEquals(List.of("translated 50", "voiced 480", "completed"), told);
    }

    @Test
    void nobody_hears_it_before_it_is_released_and_then_all_of_it_once() {
        voice.pieces = 3;
        Rendition rendition = begin("5");
        rendition.speak();
        loop.settle();
        assertEquals(List.of(), heard);
        rendition.release(this::hear);
        assertEquals(List.of(50, 50, 50), heard);
    }

    @Test
    void who_comes_late_is_told_all_there_was() {
        Rendition rendition = begin("5");
        rendition.speak();
        loop.settle();
        rendition.tell(new Telling());
        assertEquals(List.of("translated 50", "voiced 480", "completed"), told);
    }

    @Test
    void a_sound_wanted_before_the_translation_is_there_follows_it() {
        Rendition rendition =
                Rendition.begin(
                        dependencies(),
                        loop,
                        new TranslationRequest("5", ENGLISH, SPANISH, List.of(), Usage.UNMETERED));
        rendition.speak();
        rendition.release(this::hear);
        loop.settle();
        assertEquals(List.of(50), heard);
    }

    @Test
    void one_that_is_cancelled_tells_nothing_more_and_is_heard_by_nobody() {
        Rendition rendition = begin("5");
        rendition.tell(new Telling());
        rendition.speak();
        rendition.cancel();
        rendition.release(this::hear);
        loop.settle();
        assertEquals(List.of("translated 50"), told);
        assertEquals(List.of(), heard);
    }

    @Test
    void what_failed_while_nobody_listened_is_known() {
        tens.refused = "5";
        Rendition rendition = begin("5");
        assertTrue(rendition.failed());
        assertFalse(begin("6").failed());
        rendition.tell(new Telling());
        assertEquals(List.of("failed as scripted"), told);
    }

    @Test
    void a_sound_without_end_is_cut_at_the_length_of_a_phrase_and_counted() {
        voice.pieces = 2000;
        Rendition rendition = begin("5");
        rendition.speak();
        rendition.release(this::hear);
        loop.settle();
        assertEquals(1000, heard.size(), "60 s in pieces of 60 ms");
        assertEquals(1, meters.capped().count());
    }
}
