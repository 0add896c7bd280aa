package io.sandalphone.telephony.client;

import io.sandalphone.speech.Language;
import io.sandalphone.web.PageFiles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

import java.util.List;
import java.util.function.BiPredicate;

/// The page `/phone` and its files, as they stand in the jar. What a page may do is held to what this one
/// needs: scripts, styles and connections of its own origin, and the microphone.
final class PhonePage {
    private static final PageFiles FILES =
            new PageFiles(PhonePage.class, "phone", "microphone=(self)");

    /// What the page consists of beside itself.
    private static final List<String> PARTS =
            List.of("phone.css", "app.js", "call.js", "sound.js", "line.js", "words.js");

    private final List<Language> languages;
    private final BiPredicate<Language, Language> interprets;

    /// `languages` are those that people may speak here; `interprets` says whether one of them can be
    /// spoken in another.
    PhonePage(List<Language> languages, BiPredicate<Language, Language> interprets) {
        this.languages = List.copyOf(languages);
        this.interprets = interprets;
    }

    void mount(Router router) {
        router.get("/phone").handler(FILES.file("phone.html"));
        for (String name : PARTS) {
            router.get("/phone/" + name).handler(FILES.file(name));
        }
        router.get("/phone/settings.json")
                .handler(context -> FILES.send(context, "application/json", settings().toBuffer()));
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
}
