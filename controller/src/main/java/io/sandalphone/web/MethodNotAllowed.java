package io.sandalphone.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Answers 405, and says in `Allow` which methods the path does take (RFC 9110, 15.5.6): those of the routes of a
/// router that are for certain methods.
public final class MethodNotAllowed implements Handler<RoutingContext> {
    private final Router router;

    public MethodNotAllowed(Router router) {
        this.router = router;
    }

    @Override
    public void handle(RoutingContext request) {
        Set<String> allowed = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            Set<HttpMethod> methods = route.methods();
            if (methods != null && leadsTo(route, request.normalizedPath())) {
                methods.forEach(method -> allowed.add(method.name()));
            }
        }
        // A route may be there to refuse it.
        allowed.remove(request.request().method().name());
        if (!request.response().ended()) {
            request.response().putHeader("Allow", String.join(", ", allowed));
        }
        Answers.fail(request, 405, "this path takes no such method");
    }

    private static boolean leadsTo(Route route, String path) {
        @Nullable String given = route.getPath();
        return given != null && Pattern.matches(given.replaceAll(":[A-Za-z0-9_]+", "[^/]+"), path);
    }
}
