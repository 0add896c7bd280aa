package io.sandalphone.web;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

/// Reads the whole body of a request, as it came, before anybody acts on it. A body that is longer than
/// allowed is answered with 413, one that is malformed with 400; nothing that follows it on its
/// connection is read then. How long it may take is for the server's connections to say.
public final class RequestBody implements Handler<RoutingContext> {
    private static final String KEY = RequestBody.class.getName();

    private final int limit;
    private final Runnable tooLong;

    /// `limit` is the most bytes a body may have.
    public RequestBody(int limit) {
        this(limit, () -> {});
    }

    /// The same; `tooLong` is run for each body that exceeds it.
    public RequestBody(int limit, Runnable tooLong) {
        this.limit = limit;
        this.tooLong = tooLong;
    }

    /// The body that was read; empty when there was none.
    public static Buffer of(RoutingContext context) {
        @Nullable Buffer body = context.get(KEY);
        return body == null ? Buffer.buffer() : body;
    }

    /// Whether a body comes with the head.
    public static boolean isAnnounced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.headers().contains("Transfer-Encoding")
                || (length != null && !length.equals("0"));
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isAnnounced(request)) {
            context.next();
            return;
        }
        Buffer body = Buffer.buffer();
        request.exceptionHandler(
                failure -> {
                    if (!(failure instanceof HttpClosedException)) {
                        Answers.fail(context, 400, "the request is malformed");
                    }
                });
        request.handler(
                part -> {
                    if (context.response().ended()) {
                        return;
                    }
                    if (body.length() + part.length() > limit) {
                        tooLong.run();
                        Answers.fail(context, 413, "the body exceeds " + limit + " bytes");
                    } else {
                        body.appendBuffer(part);
                    }
                });
        request.endHandler(
                _ -> {
                    if (!context.response().ended()) {
                        context.put(KEY, body);
                        context.next();
                    }
                });
    }
}
