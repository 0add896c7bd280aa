package io.sandalphone.providers.polly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.polly.model.PollyException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

class PollyFailureTest {
    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, 400, OVERLOADED",
        "TooManyRequestsException, 429, OVERLOADED",
        "whatever, 429, OVERLOADED",
        "TextLengthExceededException, 400, REQUEST",
        "InvalidSampleRateException, 400, REQUEST",
        "InvalidSsmlException, 400, REQUEST",
        "LexiconNotFoundException, 400, REQUEST",
        "MarksNotSupportedForFormatException, 400, REQUEST",
        "SsmlMarksNotSupportedForTextTypeException, 400, REQUEST",
        "LanguageNotSupportedException, 400, REQUEST",
        "EngineNotSupportedException, 400, REQUEST",
        "ValidationException, 400, REQUEST",
        "ServiceQuotaExceededException, 402, QUOTA",
        "UnrecognizedClientException, 403, CREDENTIALS",
        "InvalidSignatureException, 403, CREDENTIALS",
        "AccessDeniedException, 403, CREDENTIALS",
        "ExpiredTokenException, 403, CREDENTIALS",
        "ExpiredTokenException, 400, CREDENTIALS",
        "RequestExpired, 400, CREDENTIALS",
        "ServiceFailureException, 500, PROVIDER_FAULT",
        "ServiceUnavailable, 503, PROVIDER_FAULT",
        "'', 502, PROVIDER_FAULT",
    })
    void what_to_do_follows_from_code_and_status(String code, int status, Kind kind) {
        var refusal = (PollyException) refusal(code, "").statusCode(status).build();

        assertEquals(kind, PollyFailure.of(new CompletionException(refusal)).kind());
    }

    @Test
    void what_never_reached_polly_is_told_apart() {
        assertEquals(Kind.UNREACHABLE, client(new UnknownHostException("polly")));
        assertEquals(Kind.UNREACHABLE, client(new ConnectException("refused")));
        assertEquals(Kind.UNREACHABLE, client(new TimeoutException("no connection")));
        assertEquals(Kind.CREDENTIALS, client(new PollyFailure.NoKeysException()));
        assertEquals(Kind.PROVIDER_FAULT, client(new IllegalStateException("nonsense")));
    }

    @Test
    void a_fault_that_is_no_answer_is_told_by_its_first_cause() {
        var cause = new UnsupportedOperationException("no ALPN with H2");
        var failure = new CompletionException(SdkClientException.create("in vain", cause));
        assertEquals(
                "Polly's answer could not be used: UnsupportedOperationException",
                PollyFailure.of(failure).sentence());
    }

    @Test
    void nothing_that_a_vendor_quotes_of_the_request_is_repeated() {
        var refusal =
                (PollyException)
                        refusal("Value 'my secret plan' at 'text'", "'my secret plan' is wrong")
                                .statusCode(400)
                                .build();
        SpeechException told = PollyFailure.of(refusal).toException();

        assertEquals("Polly answered an error (HTTP 400)", told.getMessage());
        assertFalse(stackOf(told).contains("secret plan"));
    }

    private static String stackOf(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static Kind client(Exception cause) {
        return PollyFailure.of(SdkClientException.create("in vain", cause)).kind();
    }

    private static PollyException.Builder refusal(String code, String message) {
        return PollyException.builder()
                .message(message)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage(message).build());
    }
}
