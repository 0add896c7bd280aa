package io.sandalphone.telephony.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.stream.StreamTokens.Redemption;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class StreamTokensTest {
    private long now;
    private final StreamTokens<String> tokens =
            new StreamTokens<>(Duration.ofMinutes(1), () -> now);

    @Test
    void a_token_is_redeemed_once() {
        String token = tokens.issue("leg");

        assertEquals(new Redemption.Redeemed<>("leg"), tokens.redeem(token));
        assertEquals(new Redemption.Used<>(), tokens.redeem(token));
        assertFalse(tokens.claim(token));
    }

    @Test
    void a_token_is_claimed_by_one_at_a_time() {
        String token = tokens.issue("leg");

        assertTrue(tokens.claim(token));
        assertFalse(tokens.claim(token));
        tokens.release(token);
        assertTrue(tokens.claim(token));
        assertEquals(new Redemption.Redeemed<>("leg"), tokens.redeem(token));
        tokens.release(token);
        assertFalse(tokens.claim(token));
        assertFalse(tokens.claim("guess"));
    }

    @Test
    void a_token_that_nobody_issued_is_unknown() {
        assertEquals(new Redemption.Unknown<>(), tokens.redeem(""));
        assertEquals(new Redemption.Unknown<>(), tokens.redeem("guess"));
    }

    @Test
    void tokens_are_too_long_to_guess_and_can_stand_in_a_path() {
        String token = tokens.issue("leg");

        assertTrue(token.matches("[A-Za-z0-9_-]{27}"), token);
        assertNotEquals(token, tokens.issue("leg"));
    }

    @Test
    void an_old_token_is_unknown() {
        String token = tokens.issue("leg");
        now += Duration.ofSeconds(61).toNanos();

        assertFalse(tokens.claim(token));
        assertEquals(new Redemption.Unknown<>(), tokens.redeem(token));
    }

    @Test
    void tokens_are_withdrawn_with_what_they_stand_for() {
        String used = tokens.issue("leg");
        tokens.redeem(used);
        String unused = tokens.issue("leg");
        String others = tokens.issue("other");
        tokens.withdraw("leg");

        assertEquals(new Redemption.Unknown<>(), tokens.redeem(unused));
        assertEquals(new Redemption.Used<>(), tokens.redeem(used));
        assertEquals(new Redemption.Redeemed<>("other"), tokens.redeem(others));
    }

    @Test
    void a_word_of_elsewhere_is_good_once_and_again_once_it_is_issued_again() {
        tokens.issue("leg", "word");
        assertEquals(new Redemption.Redeemed<>("leg"), tokens.redeem("word"));
        assertEquals(new Redemption.Used<>(), tokens.redeem("word"));
        tokens.issue("leg", "word");
        assertTrue(tokens.claim("word"));
        tokens.issue("other", "word");
        assertTrue(tokens.claim("word"));
        tokens.withdraw("leg");
        assertEquals(new Redemption.Redeemed<>("other"), tokens.redeem("word"));
        tokens.issue("leg", "word");
        tokens.withdraw("leg");
        assertEquals(new Redemption.Unknown<>(), tokens.redeem("word"));
    }
}
