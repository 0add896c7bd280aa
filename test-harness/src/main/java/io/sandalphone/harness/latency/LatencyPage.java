package io.sandalphone.harness.latency;

import io.sandalphone.harness.html.Html;
import io.sandalphone.harness.latency.LatencyResult.CurvePoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The results as one page with their definitions and the curve, `latency.html`. It needs nothing but itself.
final class LatencyPage {
    private record Row(String name, String definition, Function<PolicyResult, Object> value) {}

    private static final List<Row> SHORT =
            List.of(
                    new Row(
                            "phrase delay",
                            "from the last sample of the phrase to the first sample of the last"
                                    + " clause's translation at the listener's ear",
                            PolicyResult::phraseDelay),
                    new Row(
                            "first sound",
                            "the same to the first sample of any of its translation; may be"
                                    + " negative",
                            PolicyResult::firstSound),
                    new Row(
                            "floor",
                            "the model's own delays drawn for the phrase, added up: its last word,"
                                + " the translation of its last clause, the first sound of that."
                                + " Nobody could be sooner without guessing",
                            PolicyResult::floor),
                    new Row("ours", "phrase delay less floor", PolicyResult::ours),
                    new Row(
                            "unheard",
                            "phrases whose last clause was not heard: they have no phrase delay",
                            PolicyResult::unheard));

    private static final List<Row> LONG =
            List.of(
                    new Row(
                            "ear-voice span",
                            "from the first word of a clause to the first sound of its translation",
                            PolicyResult::earVoiceSpan),
                    new Row(
                            "… clause",
                            "of it, from the clause's first word to its last",
                            result -> result.spanParts().clause()),
                    new Row(
                            "… commit",
                            "of it, until it is known to be a clause: the recognizer, and the words"
                                    + " behind it that tell",
                            result -> result.spanParts().commit()),
                    new Row(
                            "… translation",
                            "of it, until the translation is there",
                            result -> result.spanParts().translation()),
                    new Row(
                            "… voice",
                            "of it, until the first of its sound is there",
                            result -> result.spanParts().voice()),
                    new Row(
                            "… queue",
                            "of it, until what is spoken before has been heard. The parts of a"
                                    + " clause add up; their medians need not",
                            result -> result.spanParts().queue()),
                    new Row("tail", "from the last word to the last sound", PolicyResult::tail),
                    new Row(
                            "pace",
                            "how many times as fast as by itself the voice spoke, on average",
                            result -> ratio(result.pace())));

    private static final List<Row> ALL =
            List.of(
                    new Row("clauses", "that were committed", PolicyResult::clauses),
                    new Row("clause words", "of each", PolicyResult::clauseWords),
                    new Row(
                            "characters translated",
                            "sent to the translator, for each that the patient policy sends",
                            result -> ratio(result.translationCharacters())),
                    new Row(
                            "characters spoken",
                            "sent to the voice, likewise",
                            result -> ratio(result.synthesisCharacters())),
                    new Row(
                            "revised",
                            "clauses voiced a second time, or with words that the recognizer's last"
                                    + " words contradict",
                            PolicyResult::revised),
                    new Row(
                            "refused",
                            "translations that failed or may not be spoken, as a number or a"
                                    + " negation did not come through",
                            PolicyResult::refused),
                    new Row(
                            "too late",
                            "translations that were not spoken because too much was waiting before"
                                    + " them",
                            PolicyResult::late),
                    new Row(
                            "chrF",
                            "of what was voiced against the reference, the mean over utterances",
                            result -> String.format(Locale.ROOT, "%.1f", result.chrf())),
                    new Row(
                            "numbers",
                            "numbers, amounts, dates, addresses and spelled words of the set that"
                                    + " were voiced",
                            PolicyResult::numbers),
                    new Row("names", "likewise", PolicyResult::names),
                    new Row("negations", "likewise", PolicyResult::negations),
                    new Row(
                            "over the listener",
                            "seconds in which the translation sounds while the listener speaks, who"
                                    + " begins when they have heard neither voice for a second, and"
                                    + " speaks for two",
                            result ->
                                    String.format(
                                            Locale.ROOT, "%.1f s", result.talkedOverSeconds())));

    private final LatencyResult result;
    private final Html html = new Html();

    private LatencyPage(LatencyResult result) {
        this.result = result;
    }

    static void write(Path file, LatencyResult result) throws IOException {
        Files.writeString(file, of(result));
    }

    static String of(LatencyResult result) {
        var page = new LatencyPage(result);
        page.head();
        page.table("Short phrases, up to 3 s", SHORT);
        page.table("Long speech", LONG);
        page.table("Everything", ALL);
        page.curve();
        page.html.raw("</main>\n</body>\n</html>\n");
        return page.html.toString();
    }

    private static String ratio(double of) {
        return String.format(Locale.ROOT, "%.2f", of);
    }

    private void head() {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
        html.raw(" style-src 'unsafe-inline'\">\n<title>How soon people are interpreted</title>\n");
        html.raw("<style>\n").raw(css()).raw("</style>\n</head>\n<body>\n<main>\n");
        html.element("h1", "", "How soon people are interpreted, and how well");
        html.element(
                "p",
                "",
                "The evaluation set through the gateway's own pipeline in virtual time. Providers are modelled (profile %s, seed %d); the translations are Apertium's. Numbers are milliseconds, p50 / p90 / p95, where nothing else is said."
                        .formatted(result.profile(), result.seed()));
    }

    private void table(String title, List<Row> rows) {
        html.element("h2", "", title);
        html.raw("<div class=\"wide\"><table>\n<thead><tr><th></th>");
        for (PolicyResult each : result.policies()) {
            html.element("th", "scope=\"col\"", each.policy() + ", " + each.language());
        }
        html.raw("</tr></thead>\n<tbody>\n");
        for (Row row : rows) {
            html.raw("<tr><th scope=\"row\">").text(row.name());
            html.element("small", "", row.definition()).raw("</th>");
            for (PolicyResult each : result.policies()) {
                html.element("td", "", row.value().apply(each).toString());
            }
            html.raw("</tr>\n");
        }
        html.raw("</tbody>\n</table></div>\n");
    }

    private void curve() {
        html.element("h2", "", "The curve: least words of a clause");
        html.element(
                "p",
                "",
                "Each point is a least number of words of a clause. Left is sooner, up is better.");
        CurvePicture.draw(result.curve(), html);
        html.raw("<div class=\"wide\"><table>\n<thead><tr><th></th>");
        for (String column :
                List.of("ear-voice span", "chrF", "clause words", "clauses", "too late")) {
            html.element("th", "scope=\"col\"", column);
        }
        html.raw("</tr></thead>\n<tbody>\n");
        for (CurvePoint point : result.curve()) {
            PolicyResult each = point.result();
            html.raw("<tr>");
            html.element("th", "scope=\"row\"", each.language() + ", least " + point.leastWords());
            html.element("td", "", each.earVoiceSpan().toString());
            html.element("td", "", String.format(Locale.ROOT, "%.1f", each.chrf()));
            html.element("td", "", each.clauseWords().toString());
            html.element("td", "", Integer.toString(each.clauses()));
            html.element("td", "", Integer.toString(each.late()));
            html.raw("</tr>\n");
        }
        html.raw("</tbody>\n</table></div>\n");
    }

    private static String css() {
        try (InputStream in = LatencyPage.class.getResourceAsStream("latency.css")) {
            if (in == null) {
                throw new IllegalStateException("no latency.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
