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
import java.util.function.BiPredicate;

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
    private final BiPredicate<Language, Language> interprets;

    /// `languages` are those that people may speak here; `interprets` says whether one of them can be
    /// spoken in another.
    PhonePage(List<Language> languages, BiPredicate<Language, Language> interprets) {
        this.languages = List.copyOf(languages);
        this.interprets = interprets;
    }

    void mount(Router router) {
        Buffer page = load("phone.html");
        router.get("/phone").handler(context -> send(context, HTML, page));
        PARTS.forEach(
                (name, type) -> {
                    Buffer file = load(name);
                    router.get("/phone/" + name).handler(context -> send(context, type, file));
                });
        router.get("/phone/settings.json")
                .handler(context -> send(context, "application/json", settings().toBuffer()));
    }

    /// What the page has to know: the languages there are, and which is interpreted into which.
    private JsonObject settings() {
        var directions = new JsonArray();
        for (Language from : languages) {
            for (Language to : languages) {
                if (!from.sameAs(to) && interprets.test(from, to)) {
                    directions.add(new JsonObject().put("from", from.tag()).put("to", to.tag()));
                }
            }
        }
        return new JsonObject()
                .put("languages", new JsonArray(languages.stream().map(Language::tag).toList()))
                .put("interprets", directions);
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
