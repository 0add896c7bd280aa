package io.sandalphone.telephony.asterisk.ari;

import ch.loway.oss.ari4java.tools.AriAsyncHandler;
import ch.loway.oss.ari4java.tools.AriCallback;
import ch.loway.oss.ari4java.tools.HttpResponseHandler;
import ch.loway.oss.ari4java.tools.RestException;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.jspecify.annotations.Nullable;

/// What becomes of one request. ari4java carries it as the callback of a typed action to
/// [AriHttpClient], which completes it.
final class Answer<T extends @Nullable Object> implements AriCallback<T> {
    /// Reads the body of a 2xx answer.
    @FunctionalInterface
    interface Reader<T extends @Nullable Object> {
        @Nullable T read(String body) throws JsonProcessingException;
    }

    private final Promise<T> promise = Promise.promise();
    private final Reader<T> reader;

    Answer(Reader<T> reader) {
        this.reader = reader;
    }

    /// The answer that a typed action brought along.
    static Answer<?> of(HttpResponseHandler handler) {
        if (handler instanceof AriAsyncHandler<?> typed
                && typed.getCallback() instanceof Answer<?> answer) {
            return answer;
        }
        throw new IllegalArgumentException("ARI actions are sent with AriConnection.send");
    }

    Future<T> future() {
        return promise.future();
    }

    /// Reads the body of a 2xx answer, without completing yet.
    @Nullable T read(String body) throws JsonProcessingException {
        return reader.read(body);
    }

    void failed(AriException failure) {
        promise.fail(failure);
    }

    @Override
    public void onSuccess(@Nullable T result) {
        promise.complete(result);
    }

    @Override
    public void onFailure(RestException e) {
        promise.fail(new AriException(e.getCode(), String.valueOf(e.getMessage()), e));
    }
}
