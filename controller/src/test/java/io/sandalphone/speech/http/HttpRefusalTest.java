package io.sandalphone.speech.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.SpeechException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Locale;

class HttpRefusalTest {
    @ParameterizedTest
    @CsvSource({
        "400, REQUEST",
        "401, CREDENTIALS",
        "402, QUOTA",
        "403, CREDENTIALS",
        "404, REQUEST",
        "408, TIMEOUT",
        "413, REQUEST",
        "429, OVERLOADED",
        "500, PROVIDER_FAULT",
        "503, PROVIDER_FAULT",
        "302, PROVIDER_FAULT"
    })
    void a_status_means_what_to_do(int status, Kind kind) {
        assertEquals(kind, HttpRefusal.of(status, "").kind());
    }

    @Test
    void what_is_used_up_is_told_by_its_name_whatever_the_status() {
        String body = "{\"error\": {\"message\": \"m\", \"code\": \"insufficient_quota\"}}";
        assertEquals(Kind.QUOTA, HttpRefusal.of(429, body).kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\": {\"message\": \"no swordfish\", \"type\": \"bad_one\"}} | true",
                "{\"error\": \"no swordfish\"} | false",
                "{\"detail\": \"No Swordfish\"} | false"
            })
    void its_prose_is_understood_in_each_form_and_never_repeated(String body, boolean named) {
        HttpRefusal refusal = HttpRefusal.of(400, body);
        assertTrue(refusal.says("no swordfish"));
        assertFalse(refusal.says("herring"));
        String told = refusal + " " + refusal.failure().getMessage();
        assertFalse(told.toLowerCase(Locale.ROOT).contains("swordfish"), told);
        assertEquals(named, told.contains("bad_one"), told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<h1>Bad Gateway</h1>",
                "[]",
                "{\"error\": 7}",
                "{\"error\": {\"code\": \"no name at all, 7\"}}"
            })
    void what_cannot_be_read_says_nothing(String body) {
        assertEquals("refused: HTTP 502", HttpRefusal.of(502, body).toString());
    }
}
