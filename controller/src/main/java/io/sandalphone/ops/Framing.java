package io.sandalphone.ops;

import io.sandalphone.web.Answers;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds requests that a proxy in front could read differently from us (RFC 9112, sections 3, 6 and
/// 11.2; RFC 3986, section 6), as far as the decoder lets them through. Bytes behind such a request
/// could pass for somebody else's, and a path could mean more than its writer meant.
final class Framing {
    private Framing() {}

    /// Hands on what can be read in one way only, and answers 400 to the rest.
    static Handler<HttpServerRequest> unambiguous(
            ConnectionGuard connections, Handler<HttpServerRequest> router) {
        return request -> {
            if (!connections.admits(request)) {
                return;
            }
            // Whoever reads the body handles its faults; elsewhere they are of no interest.
            request.exceptionHandler(_ -> {});
            Optional<String> fault = fault(request);
            if (fault.isPresent()) {
                Answers.sendLast(request, 400, Views.error(fault.get(), List.of()));
            } else {
                router.handle(request);
            }
        };
    }

    /// What is wrong with the head of `request`, as a sentence, or nothing.
    static Optional<String> fault(HttpServerRequest request) {
        MultiMap headers = request.headers();
        if (request.version() == HttpVersion.HTTP_1_0 && headers.contains("Transfer-Encoding")) {
            return Optional.of("HTTP/1.0 knows no Transfer-Encoding");
        }
        if (headers.contains("Transfer-Encoding") && headers.contains("Content-Length")) {
            return Optional.of("Content-Length and Transfer-Encoding exclude each other");
        }
        if (headers.names().contains("")) {
            return Optional.of("a header has no name");
        }
        for (Map.Entry<String, String> header : headers) {
            // The decoder strips values; a space is left only where a line that went on stood.
            if (header.getValue().startsWith(" ")) {
                return Optional.of("a header goes on in the next line");
            }
        }
        int hosts = headers.getAll("Host").size();
        if (hosts > 1 || (hosts == 0 && request.version() != HttpVersion.HTTP_1_0)) {
            return Optional.of("exactly one Host header is needed");
        }
        if (!isTarget(request)) {
            return Optional.of("the request's target is no path");
        }
        return Optional.empty();
    }

    private static boolean isTarget(HttpServerRequest request) {
        String target = request.uri();
        return target.startsWith("/")
                || target.startsWith("http://")
                || target.startsWith("https://")
                || (target.equals("*") && request.method().equals(HttpMethod.OPTIONS));
    }

    /// Whether `path` is written in the one way in which we name it: a request with an empty part in
    /// its path, such as `/calls/`, names nothing rather than everything.
    static boolean isPlain(String path) {
        return path.equals("/")
                || (path.startsWith("/")
                        && !path.endsWith("/")
                        && !path.contains("//")
                        && !path.contains("/.")
                        && !path.matches("(?i).*%2[ef].*"));
    }
}
