package io.sandalphone.telephony.asterisk.ari;

import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.tools.AriAsyncHandler;
import ch.loway.oss.ari4java.tools.AriCallback;
import ch.loway.oss.ari4java.tools.HttpResponseHandler;
import ch.loway.oss.ari4java.tools.RestException;

import io.vertx.core.http.WebSocket;

/// Hears one events connection, from the attempt to its end. ari4java carries it as the callback of
/// the typed action to [AriWebSocketClient]; all calls come in order on one context.
interface EventStream extends AriCallback<Message> {
    /// The connection is open. Events follow, unless they are held back with `pause`.
    void opened(WebSocket socket);

    /// One event.
    @Override
    void onSuccess(Message event);

    /// There is no connection (any more). Nothing follows.
    void closed(String why);

    @Override
    default void onFailure(RestException e) {
        closed("refused");
    }

    /// The stream that a typed action brought along.
    static EventStream of(HttpResponseHandler handler) {
        if (handler instanceof AriAsyncHandler<?> typed
                && typed.getCallback() instanceof EventStream stream) {
            return stream;
        }
        throw new IllegalArgumentException("ARI events are heard by an AriListener");
    }
}
