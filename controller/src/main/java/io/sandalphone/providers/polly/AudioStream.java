package io.sandalphone.providers.polly;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.ResponsePublisher;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.polly.PollyAsyncClient;
import software.amazon.awssdk.services.polly.model.SynthesizeSpeechRequest;
import software.amazon.awssdk.services.polly.model.SynthesizeSpeechResponse;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One request for speech, and its audio as it comes: the client's threads bring it, one other thread
/// takes it. No more than [#AHEAD] pieces wait in between; then Polly waits too.
///
/// Closing it ends the HTTP exchange, whatever is still to come.
final class AudioStream implements AutoCloseable {
    private static final int AHEAD = 8;

    /// Beside the audio: the beginning, and the end.
    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(AHEAD + 2);

    private final CompletableFuture<ResponsePublisher<SynthesizeSpeechResponse>> answer;
    private final Receiver receiver = new Receiver();
    private OptionalInt billed = OptionalInt.empty();
    private boolean begun;
    private boolean ended;

    private sealed interface Signal {
        record Begun(SynthesizeSpeechResponse response) implements Signal {}

        record Audio(ByteBuffer bytes) implements Signal {}

        record Ended() implements Signal {}

        record Failed(Throwable failure) implements Signal {}
    }

    AudioStream(PollyAsyncClient client, SynthesizeSpeechRequest request) {
        answer = client.synthesizeSpeech(request, AsyncResponseTransformer.toPublisher());
        var _ =
                answer.whenComplete(
                        (publisher, failure) -> {
                            if (failure != null) {
                                signals.add(new Signal.Failed(failure));
                            } else {
                                signals.add(new Signal.Begun(publisher.response()));
                                publisher.subscribe(receiver);
                            }
                        });
    }

    /// Blocks until Polly has begun to answer, and `within` at most. Then it has billed the request.
    void awaitAnswer(Duration within) throws SpeechException, InterruptedException {
        if (signal(within) instanceof Signal.Begun(var response)) {
            begun = true;
            billed =
                    response.requestCharacters() == null
                            ? OptionalInt.empty()
                            : OptionalInt.of(response.requestCharacters());
            String type = response.contentType();
            if (type != null && !mayBeSound(type)) {
                throw new SpeechException(Kind.PROVIDER_FAULT, "Polly sent no audio");
            }
        }
    }

    /// What says that it is text, a page of somebody between us and Polly for one, is no sound.
    private static boolean mayBeSound(String type) {
        String named = type.toLowerCase(Locale.ROOT);
        return named.startsWith("audio/") || named.startsWith("application/octet-stream");
    }

    /// How many characters Polly says it bills, once it has answered.
    OptionalInt billed() {
        return billed;
    }

    /// Blocks for the next piece of audio, and `within` at most: empty when there is no more.
    Optional<ByteBuffer> next(Duration within) throws SpeechException, InterruptedException {
        return switch (signal(within)) {
            case Signal.Audio(var bytes) -> {
                receiver.more();
                yield Optional.of(bytes);
            }
            case Signal.Ended _ -> Optional.empty();
            case Signal.Begun _, Signal.Failed _ -> throw new IllegalStateException("no audio");
        };
    }

    private Signal signal(Duration within) throws SpeechException, InterruptedException {
        Signal signal = signals.poll(within.toNanos(), TimeUnit.NANOSECONDS);
        if (signal == null) {
            throw new SpeechException(
                    Kind.TIMEOUT, begun ? "Polly's audio stalled" : "Polly did not answer in time");
        }
        ended = signal instanceof Signal.Ended || signal instanceof Signal.Failed;
        if (signal instanceof Signal.Failed(var failure)) {
            if (isInterrupt(failure)) {
                throw new InterruptedException();
            }
            throw PollyFailure.of(failure).toException();
        }
        return signal;
    }

    /// Whether the client met an interrupt of the thread that asked it, which it takes away.
    private static boolean isInterrupt(Throwable failure) {
        return PollyFailure.causes(failure).stream()
                .anyMatch(
                        cause ->
                                cause instanceof AbortedException
                                        || cause instanceof InterruptedException);
    }

    /// Whether nothing more was to come.
    boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        receiver.cancel();
        answer.cancel(true);
    }

    private final class Receiver implements Subscriber<ByteBuffer> {
        private @Nullable Subscription subscription;
        private boolean cancelled;

        @Override
        public void onSubscribe(Subscription own) {
            synchronized (this) {
                subscription = own;
                if (cancelled) {
                    own.cancel();
                    return;
                }
            }
            own.request(AHEAD);
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            signals.add(new Signal.Audio(bytes));
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(new Signal.Failed(failure));
        }

        @Override
        public void onComplete() {
            signals.add(new Signal.Ended());
        }

        void more() {
            Subscription own;
            synchronized (this) {
                own = subscription;
            }
            if (own != null) {
                own.request(1);
            }
        }

        synchronized void cancel() {
            cancelled = true;
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }
}
