package io.sandalphone.providers.polly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.polly.PollyAsyncClient;
import software.amazon.awssdk.services.polly.model.SynthesizeSpeechRequest;
import software.amazon.awssdk.services.polly.model.SynthesizeSpeechResponse;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

final class AudioStreamTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void an_interrupt_that_the_client_took_away_is_one_again() {
        var aborted = new CompletionException(AbortedException.builder().build());
        try (var stream = failing(aborted)) {
            assertThrows(InterruptedException.class, () -> stream.awaitAnswer(SOON));
        }
    }

    @Test
    void a_connection_that_breaks_is_no_interrupt() {
        var broken = SdkClientException.create("broken", new IOException("reset"));
        try (var stream = failing(broken)) {
            var failure = assertThrows(SpeechException.class, () -> stream.awaitAnswer(SOON));
            assertEquals(Kind.UNREACHABLE, failure.kind());
        }
    }

    private static AudioStream failing(Throwable failure) {
        return new AudioStream(
                new FailingClient(failure), SynthesizeSpeechRequest.builder().build());
    }

    /// A client whose requests come to nothing.
    private record FailingClient(Throwable failure) implements PollyAsyncClient {
        @Override
        public <R> CompletableFuture<R> synthesizeSpeech(
                SynthesizeSpeechRequest request,
                AsyncResponseTransformer<SynthesizeSpeechResponse, R> transformer) {
            return CompletableFuture.failedFuture(failure);
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
