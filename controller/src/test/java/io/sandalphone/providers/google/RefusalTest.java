package io.sandalphone.providers.google;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.SpeechException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class RefusalTest {
    @ParameterizedTest
    @CsvSource({
        "400, invalid, REQUEST",
        "400, badRequest, REQUEST",
        "400, INVALID_ARGUMENT, REQUEST",
        "400, API_KEY_INVALID, CREDENTIALS",
        "400, keyInvalid, CREDENTIALS",
        "401, UNAUTHENTICATED, CREDENTIALS",
        "403, userRateLimitExceeded, OVERLOADED",
        "403, rateLimitExceeded, OVERLOADED",
        "403, RATE_LIMIT_EXCEEDED, OVERLOADED",
        "403, dailyLimitExceeded, QUOTA",
        "403, forbidden, CREDENTIALS",
        "403, accessNotConfigured, CREDENTIALS",
        "403, PERMISSION_DENIED, CREDENTIALS",
        "404, NOT_FOUND, REQUEST",
        "413, uploadTooLarge, REQUEST",
        "429, RESOURCE_EXHAUSTED, OVERLOADED",
        "429, dailyLimitExceeded, QUOTA",
        "429, '', OVERLOADED",
        "500, backendError, PROVIDER_FAULT",
        "502, '', PROVIDER_FAULT",
        "503, UNAVAILABLE, PROVIDER_FAULT",
        "504, DEADLINE_EXCEEDED, PROVIDER_FAULT"
    })
    void what_to_do_follows_from_the_reason_and_then_from_the_status(
            int status, String reason, Kind kind) {
        String old =
                """
                {"error": {"code": %d, "message": "prose", "errors":
                    [{"message": "prose", "domain": "global", "reason": "%s"}]}}\
                """
                        .formatted(status, reason);
        String recent =
                """
                {"error": {"code": %d, "message": "prose", "status": "%s", "details":
                    [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "%s"}]}}\
                """
                        .formatted(status, reason, reason);
        assertEquals(kind, Refusal.of(status, old).kind());
        assertEquals(kind, Refusal.of(status, recent).kind());
    }

    @Test
    void nothing_of_the_prose_is_kept() {
        var refusal =
                Refusal.of(
                        400,
                        """
                        {"error": {"message": "Bad text: where is the hospital",
                          "status": "INVALID_ARGUMENT",
                          "errors": [{"reason": "where is the hospital"}]}}\
                        """);
        assertEquals(List.of("INVALID_ARGUMENT"), refusal.reasons());
        assertEquals("HTTP 400 INVALID_ARGUMENT", refusal.toString());
    }

    @Test
    void a_refusal_without_a_readable_body_goes_by_its_status() {
        assertEquals(Kind.PROVIDER_FAULT, Refusal.of(502, "<html>Bad Gateway").kind());
        assertEquals("HTTP 502", Refusal.of(502, "").toString());
    }
}
