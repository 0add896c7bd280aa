package io.sandalphone.ops;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import java.util.Objects;

/// Reads the whole body of a request before anybody acts on it. A body that is longer than allowed
/// fails the request with 413, one that is malformed with 400; nothing that follows it on its
/// connection is read then.
final class RequestBody implements Handler<RoutingContext> {
    private static final String KEY = "body";

    private final int limit;

    /// `limit` is the most bytes a body may have.
    RequestBody(int limit) {
        this.limit = limit;
    }

    /// The body that was read, as UTF-8; empty when there was none.
    static String of(RoutingContext context) {
        return Objects.requireNonNullElse(context.<String>get(KEY), "");
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!Framing.announcesBody(request)) {
            context.next();
            return;
        }
        Buffer body = Buffer.buffer();
        request.exceptionHandler(
                failure -> {
                    if (!(failure instanceof HttpClosedException)) {
                        fail(context, 400);
                    }
                });
        request.handler(
                part -> {
                    if (body.length() + part.length() > limit) {
                        fail(context, 413);
                    } else {
                        body.appendBuffer(part);
                    }
                });
        request.endHandler(
                _ -> {
                    if (!context.failed()) {
                        context.put(KEY, body.toString());
                        context.next();
                    }
                });
    }

    private static void fail(RoutingContext context, int status) {
        if (!context.failed()) {
            context.fail(status);
        }
    }
}
