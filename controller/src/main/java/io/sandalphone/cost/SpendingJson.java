package io.sandalphone.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.time.Duration;

/// What was spent, in files of ours: `{"amount", "listened", "translated_characters",
/// "spoken_characters", "read_tokens", "written_tokens"}`, amount and length of time as text. One without
/// tokens is of a gateway that did not count them.
public final class SpendingJson {
    // Far more than all calls of a day have, and so little that sums stay numbers.
    private static final Duration LONGEST = Duration.ofDays(100_000);
    private static final long MOST = 1_000_000_000_000_000L;

    private SpendingJson() {}

    /// Adds it to `json`.
    public static void write(Spending spending, ObjectNode json) {
        json.put("amount", spending.amount().toPlainString())
                .put("listened", spending.listened().toString())
                .put("translated_characters", spending.translatedCharacters())
                .put("spoken_characters", spending.spokenCharacters())
                .put("read_tokens", spending.readTokens())
                .put("written_tokens", spending.writtenTokens());
    }

    /// What [#write] wrote.
    ///
    /// @throws java.time.DateTimeException when the length of time is none
    /// @throws IllegalArgumentException when anything else is not as it is written here
    public static Spending read(JsonNode json) {
        Duration listened = Duration.parse(json.path("listened").asText());
        if (listened.isNegative() || listened.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("nobody listened for so long");
        }
        return new Spending(
                listened,
                number(json.path("translated_characters")),
                number(json.path("spoken_characters")),
                json.has("read_tokens") ? number(json.path("read_tokens")) : 0,
                json.has("written_tokens") ? number(json.path("written_tokens")) : 0,
                amount(json.path("amount").asText()));
    }

    /// As it is written here: without a sign, and without an exponent, of which a few characters can
    /// stand for more digits than there is memory.
    private static BigDecimal amount(String text) {
        if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,30})?")) {
            throw new IllegalArgumentException("no amount");
        }
        return new BigDecimal(text);
    }

    private static long number(JsonNode json) {
        if (!json.isIntegralNumber()
                || !json.canConvertToLong()
                || json.asLong() < 0
                || json.asLong() > MOST) {
            throw new IllegalArgumentException("no number of characters or tokens");
        }
        return json.asLong();
    }
}
