package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.SpeechException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.SocketTimeoutException;

class SessionFailureTest {
    @ParameterizedTest
    @CsvSource({
        "1008, Unauthorized Connection: Missing Authorization header, CREDENTIALS, false",
        "1008, Unauthorized Connection: Too many concurrent sessions, OVERLOADED, false",
        "1008, Insufficient funds, QUOTA, false",
        "1011, '', PROVIDER_FAULT, true",
        "1013, '', PROVIDER_FAULT, true",
        "1000, '', PROVIDER_FAULT, true",
        "3005, Server error, PROVIDER_FAULT, true",
        "3006, Invalid JSON, REQUEST, false",
        "3007, Input duration violation, PROVIDER_FAULT, true",
        "3008, Session expired, PROVIDER_FAULT, true",
        "3009, Too many concurrent sessions, OVERLOADED, false",
        "4001, Not authorized, CREDENTIALS, false",
        "4002, Insufficient funds, QUOTA, false",
        "4102, '', OVERLOADED, false"
    })
    void a_close_is_acted_on_by_its_code(int code, String reason, Kind kind, boolean again) {
        SessionFailure loss = SessionFailure.ofClose(code, reason);

        assertEquals(kind, loss.kind());
        assertEquals(again, loss.again());
    }

    @ParameterizedTest
    @CsvSource({
        "400, REQUEST, false",
        "401, CREDENTIALS, false",
        "402, QUOTA, false",
        "403, CREDENTIALS, false",
        "404, REQUEST, false",
        "429, OVERLOADED, false",
        "500, PROVIDER_FAULT, true",
        "503, PROVIDER_FAULT, true"
    })
    void a_handshake_refused_with_4xx_is_not_tried_again(int status, Kind kind, boolean again) {
        SessionFailure loss = SessionFailure.ofStatus(status);

        assertEquals(kind, loss.kind());
        assertEquals(again, loss.again());
    }

    @Test
    void a_connection_that_fails_is_told_from_one_that_takes_too_long() {
        assertEquals(Kind.UNREACHABLE, SessionFailure.ofFailure(new IOException()).kind());
        assertEquals(Kind.TIMEOUT, SessionFailure.ofFailure(new SocketTimeoutException()).kind());
    }
}
