package io.sandalphone.harness.demo;

import io.sandalphone.harness.html.Html;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.speech.Language;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// What the pages of all demonstration calls have alike: head and foot, the verdict, players, and the time axis. It needs nothing but
/// itself, tells its readers the same without JavaScript, and holds people's words as text only.
final class PageFrame {
    private static final int RATE = 8000;

    private final Html html;

    /// Writes to `html`.
    PageFrame(Html html) {
        this.html = html;
    }

    /// What is shown at a place of the time axis, in milliseconds: `kind` is `voice` or `spoken`.
    record Caption(long from, long to, String kind, Language language, String text) {}

    /// Up to the title; whoever goes on closes the `header`.
    void open(String title) {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        // Should a text ever become markup, it still can neither load nor send anything.
        html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
        html.raw(" media-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
        html.element("title", "", title).raw("\n<style>\n").raw(resource("call.css"));
        html.raw("</style>\n</head>\n<body>\n<main>\n<header>\n");
        html.element("h1", "", title);
    }

    /// Each promise, and behind them what `more` writes.
    void verdict(Verdict verdict, Runnable more) {
        html.raw(
                "<section class=\"card verdict%s\" aria-labelledby=\"verdict\">\n"
                        .formatted(verdict.passed() ? "" : " failed"));
        html.raw("<p id=\"verdict\">").text(headline(verdict)).raw("</p>\n<ul>\n");
        for (Verdict.Criterion c : verdict.criteria()) {
            html.raw("<li><span>").raw(mark(c.judgement())).raw("</span>");
            html.element("span", "", c.promise());
            html.element("span", "class=\"measured\"", c.measured()).raw("</li>\n");
        }
        more.run();
        html.raw("</ul>\n</section>\n");
    }

    private static String headline(Verdict verdict) {
        if (!verdict.passed()) {
            return "Not every promise was kept";
        }
        return verdict.isWhole()
                ? "Every promise was kept"
                : "Every promise that could be measured was kept";
    }

    private static String mark(Verdict.Judgement judgement) {
        return switch (judgement) {
            case KEPT -> mark(true, "kept", "");
            case BROKEN -> mark(false, "", "broken");
            case NOT_MEASURED -> "<span class=\"mark\">not measured</span>";
        };
    }

    /// A short word that is green or red.
    static String mark(boolean good, String yes, String no) {
        return "<span class=\"mark %s\">%s</span>"
                .formatted(good ? "kept" : "broken", Html.escaped(good ? yes : no));
    }

    /// Plays `pcm`, 8 kHz, which begins at `starts` of the time axis, in milliseconds.
    void player(String title, String subtitle, short[] pcm, long starts) {
        byte[] wav = new Wav(pcm, RATE).bytes();
        html.raw("<figure class=\"card\"><figcaption>").text(title);
        html.element("span", "", subtitle).raw("</figcaption>");
        html.raw(
                "<audio controls preload=\"metadata\" data-starts=\"%s\"%s src=\"data:audio/wav;base64,%s\"></audio></figure>\n"
                        .formatted(
                                seconds(starts),
                                Html.attribute("aria-label", title),
                                Base64.getEncoder().encodeToString(wav)));
    }

    /// The time axis, of so many milliseconds; rows follow.
    void openTimeline(long lasts) {
        html.raw(
                "<div class=\"card scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline of"
                        + " the call\">\n");
        html.raw(
                "<div class=\"timeline\" data-seconds=\"%s\" style=\"--seconds:%s\">\n"
                        .formatted(seconds(lasts), seconds(lasts)));
        html.raw("<div id=\"playhead\"></div>\n");
        html.raw("<div class=\"row axis\" aria-hidden=\"true\">");
        for (long second = 0; second * 1000 < lasts; second += 2) {
            html.raw("<span style=\"--t:%d\">%d s</span>".formatted(second, second));
        }
        html.raw("</div>\n");
    }

    void closeTimeline() {
        html.raw("</div>\n</div>\n");
    }

    /// A row with a picture.
    void row(String title, String svg) {
        html.raw("<div class=\"row\">");
        if (!title.isEmpty()) {
            html.element("h3", "", title);
        }
        html.raw(svg).raw("</div>\n");
    }

    /// A row of what was said when.
    void captions(String title, List<Caption> captions) {
        html.raw("<div class=\"row captions\"><h3>").text(title).raw("</h3>");
        captions.forEach(this::caption);
        html.raw("</div>\n");
    }

    private void caption(Caption each) {
        if (each.text().isBlank()) {
            return;
        }
        html.raw(
                "<button type=\"button\" class=\"%s\" data-at=\"%s\" style=\"--t:%s;--w:%s\"%s%s>"
                        .formatted(
                                each.kind(),
                                seconds(each.from()),
                                seconds(each.from()),
                                seconds(each.to() - each.from()),
                                Html.attribute("lang", each.language().tag()),
                                Html.attribute("title", each.text())));
        html.raw("<span>").text(each.text()).raw("</span></button>");
    }

    /// The rest of the page.
    void close(String text) {
        html.raw("<footer>").text(text);
        html.raw("</footer>\n</main>\n<script>\n").raw(resource("call.js"));
        html.raw("</script>\n</body>\n</html>\n");
    }

    /// As attributes have it.
    static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private static String resource(String name) {
        try (InputStream in = PageFrame.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + name, e);
        }
    }
}
