package io.sandalphone.web;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The files of a page, as they stand in the jar in the folder `folder` beside the class `owner`. What the page may do is held to
/// scripts, styles and connections of its own origin, and to what `permissions` says (Permissions-Policy); it stands in
/// no frame and tells no address where it leads.
public final class PageFiles {
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
                    + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Class<?> owner;
    private final String folder;
    private final String permissions;

    public PageFiles(Class<?> owner, String folder, String permissions) {
        this.owner = owner;
        this.folder = folder;
        this.permissions = permissions;
    }

    /// Answers with the file `name`, which is read now.
    ///
    /// @throws IllegalStateException when it is not in the jar
    public Handler<RoutingContext> file(String name) {
        String type = type(name);
        Buffer body = load(name);
        return context -> send(context, type, body);
    }

    /// Answers with something else that belongs to the page.
    public void send(RoutingContext context, String type, Buffer body) {
        var _ =
                context.response()
                        .putHeader("Content-Type", type)
                        .putHeader("Content-Security-Policy", CONTENT_POLICY)
                        .putHeader("Permissions-Policy", permissions)
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .putHeader("Referrer-Policy", "no-referrer")
                        .putHeader("Cache-Control", "no-cache")
                        // Said to HEAD too, which gets nothing else.
                        .putHeader("Content-Length", Integer.toString(body.length()))
                        .end(body);
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            default -> throw new IllegalArgumentException("no file of a page: " + name);
        };
    }

    private Buffer load(String name) {
        String path = folder + "/" + name;
        try (InputStream file = owner.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("not in the jar: " + path);
            }
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
