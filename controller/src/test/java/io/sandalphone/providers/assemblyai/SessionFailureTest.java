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
        "1008, Unauthorized Connection: Missing Authorization header, CREDENTIALS",
        "1008, Unauthorized Connection: Too many concurrent sessions, OVERLOADED",
        "1008, Insufficient funds, QUOTA",
        "1011, '', PROVIDER_FAULT",
        "1013, '', PROVIDER_FAULT",
        "1000, '', PROVIDER_FAULT",
        "3005, Server error, PROVIDER_FAULT",
        "3006, Invalid JSON, REQUEST",
        "3007, Input duration violation, PROVIDER_FAULT",
        "3008, Session expired, PROVIDER_FAULT",
        "3009, Too many concurrent sessions, OVERLOADED",
        "4001, Not authorized, CREDENTIALS",
        "4002, Insufficient funds, QUOTA",
        "4102, '', OVERLOADED"
    })
    void a_close_is_acted_on_by_its_code(int code, String reason, Kind kind) {
        SessionFailure loss = SessionFailure.ofClose(code, reason);

        assertEquals(kind, loss.kind());
    }

    @ParameterizedTest
    @CsvSource({
        "400, REQUEST",
        "401, CREDENTIALS",
        "402, QUOTA",
        "403, CREDENTIALS",
        "404, REQUEST",
        "429, OVERLOADED",
        "500, PROVIDER_FAULT",
        "503, PROVIDER_FAULT"
    })
    void a_handshake_is_acted_on_by_its_status(int status, Kind kind) {
        SessionFailure loss = SessionFailure.ofStatus(status);

        assertEquals(kind, loss.kind());
    }

    @Test
    void a_connection_that_fails_is_told_from_one_that_takes_too_long() {
        assertEquals(Kind.UNREACHABLE, SessionFailure.ofFailure(new IOException()).kind());
        assertEquals(Kind.TIMEOUT, SessionFailure.ofFailure(new SocketTimeoutException()).kind());
    }
}
