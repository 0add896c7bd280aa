package io.sandalphone.telephony.stream;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

/// Reads the whole body of a carrier's webhook as it came, because what is signed is its bytes. One that
/// is longer than any webhook is answered with 413, and its connection is closed.
public final class WebhookBody implements Handler<RoutingContext> {
    /// In bytes.
    public static final int LONGEST = 64 * 1024;

    private static final String KEY = WebhookBody.class.getName();

    /// The body that was read; empty when there was none.
    public static Buffer of(RoutingContext context) {
        @Nullable Buffer body = context.get(KEY);
        return body == null ? Buffer.buffer() : body;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Buffer body = Buffer.buffer();
        request.handler(
                part -> {
                    if (body.length() + part.length() <= LONGEST) {
                        body.appendBuffer(part);
                    } else if (!context.response().ended()) {
                        request.handler(null);
                        context.response()
                                .putHeader("Connection", "close")
                                .setStatusCode(413)
                                .end("the body exceeds " + LONGEST + " bytes\n")
                                .onComplete(_ -> request.connection().close());
                    }
                });
        request.endHandler(
                _ -> {
                    if (!context.response().ended()) {
                        context.put(KEY, body);
                        context.next();
                    }
                });
        request.resume();
    }
}
