package io.sandalphone.telephony.client;

import io.sandalphone.speech.Language;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// The page `/phone` and its files, as they stand in the jar. What a page may do is held to what this one
/// needs: scripts, styles and connections of its own origin, and the microphone.
final class PhonePage {
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
                + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /// What the page consists of beside itself, by name.
    private static final Map<String, String> PARTS =
            Map.of(
                    "phone.css", "text/css; charset=utf-8",
                    "app.js", SCRIPT,
                    "call.js", SCRIPT,
                    "sound.js", SCRIPT,
                    "line.js", SCRIPT,
                    "words.js", SCRIPT);

    private final List<Language> languages;

    /// `languages` are those that people may speak here.
    PhonePage(List<Language> languages) {
        this.languages = List.copyOf(languages);
    }

    void mount(Router router) {
        Buffer page = load("phone.html");
        router.get("/phone").handler(context -> send(context, HTML, page));
        PARTS.forEach(
                (name, type) -> {
                    Buffer file = load(name);
                    router.get("/phone/" + name).handler(context -> send(context, type, file));
                });
        Buffer settings =
                new JsonObject()
                        .put(
                                "languages",
                                new JsonArray(languages.stream().map(Language::tag).toList()))
                        .toBuffer();
        router.get("/phone/settings.json")
                .handler(context -> send(context, "application/json", settings));
    }

    private static void send(RoutingContext context, String type, Buffer body) {
        var _ =
                context.response()
                        .putHeader("Content-Type", type)
                        .putHeader("Content-Security-Policy", CONTENT_POLICY)
                        .putHeader("Permissions-Policy", "microphone=(self)")
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .putHeader("Referrer-Policy", "no-referrer")
                        .putHeader("Cache-Control", "no-cache")
                        .end(body);
    }

    private static Buffer load(String name) {
        try (InputStream file = PhonePage.class.getResourceAsStream("phone/" + name)) {
            if (file == null) {
                throw new IllegalStateException("not in the jar: phone/" + name);
            }
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
