package io.sandalphone.providers.polly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.providers.polly.PhraseCache.Phrase;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.OptionalInt;

class PhraseCacheTest {
    private static final byte[] SECOND = new byte[8000];

    @Test
    void a_phrase_is_found_only_in_the_same_voice_engine_and_pace() {
        var cache = new PhraseCache(100_000, 80);
        cache.keep(phrase("yes"), SECOND);

        assertSame(SECOND, cache.find(phrase("yes")).orElseThrow());
        for (Phrase other :
                new Phrase[] {
                    phrase("no"),
                    new Phrase("yes", "Mia", PollyEngine.NEURAL, OptionalInt.empty()),
                    new Phrase("yes", "Lupe", PollyEngine.STANDARD, OptionalInt.empty()),
                    new Phrase("yes", "Lupe", PollyEngine.NEURAL, OptionalInt.of(110)),
                }) {
            assertEquals(Optional.empty(), cache.find(other));
        }
    }

    @Test
    void memory_is_bounded_and_what_was_not_used_for_longest_goes_first() {
        var cache = new PhraseCache(25_000, 80);
        cache.keep(phrase("one"), SECOND);
        cache.keep(phrase("two"), SECOND);
        cache.keep(phrase("three"), SECOND);
        assertTrue(cache.find(phrase("one")).isPresent());

        cache.keep(phrase("four"), SECOND);

        assertTrue(cache.find(phrase("one")).isPresent());
        assertEquals(Optional.empty(), cache.find(phrase("two")));
        assertTrue(cache.find(phrase("four")).isPresent());
        assertTrue(cache.bytes() <= 25_000 && cache.bytes() > 24_000, () -> "" + cache.bytes());
    }

    @Test
    void a_phrase_kept_twice_counts_once() {
        var cache = new PhraseCache(25_000, 80);
        cache.keep(phrase("one"), SECOND);
        long once = cache.bytes();
        cache.keep(phrase("one"), SECOND);

        assertEquals(once, cache.bytes());
    }

    @Test
    void what_is_too_long_is_not_kept() {
        var cache = new PhraseCache(5000, 3);

        assertFalse(cache.takes(phrase("four")));
        assertTrue(cache.takes(phrase("one")));
        cache.keep(phrase("one"), SECOND);
        assertEquals(Optional.empty(), cache.find(phrase("one")));
        assertFalse(new PhraseCache(0, 80).takes(phrase("one")));
    }

    private static Phrase phrase(String text) {
        return new Phrase(text, "Lupe", PollyEngine.NEURAL, OptionalInt.empty());
    }
}
