package io.sandalphone.harness.demo;

import io.sandalphone.harness.demo.CallReport.Side;
import io.sandalphone.harness.demo.CallReport.Utterance;
import io.sandalphone.harness.html.Html;
import io.sandalphone.harness.measure.Listening;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The report of a call as one page to look at and to listen to, `call.html`. It needs nothing but
/// itself.
public final class CallPage {
    private final CallReport call;
    private final Recordings recordings;
    private final long lasts;
    private final Html html = new Html();
    private final PageFrame frame = new PageFrame(html);

    private CallPage(CallReport call, Recordings recordings) {
        this.call = call;
        this.recordings = recordings;
        this.lasts =
                Math.max(
                        call.caller().starts() + call.caller().lasts(),
                        call.destination().starts() + call.destination().lasts());
    }

    public static void write(Path file, CallReport call, Recordings recordings) throws IOException {
        Files.writeString(file, of(call, recordings));
    }

    static String of(CallReport call, Recordings recordings) {
        CallPage page = new CallPage(call, recordings);
        page.head();
        page.verdict();
        page.players();
        page.timeline();
        page.utterances();
        page.foot();
        return page.html.toString();
    }

    private void head() {
        frame.open(title());
        html.raw("<p>")
                .text(
                        "Call %s (%s), %s %s. Times are on the caller’s clock, everything is measured from the phones’ own recordings."
                                .formatted(
                                        call.result(),
                                        call.reason(),
                                        call.carrier().title(),
                                        call.asteriskVersion()));
        html.raw("</p>\n<p>").text(CallTable.engines(call) + ".");
        call.cost().ifPresent(cost -> html.text(" " + CallTable.cost(call, cost) + "."));
        html.raw("</p>\n</header>\n");
    }

    private String title() {
        return call.utterances().stream()
                .findFirst()
                .map(
                        u ->
                                "A call, spoken in %s, heard in %s"
                                        .formatted(name(u.source()), name(u.target())))
                .orElse("A call");
    }

    private static String name(Language language) {
        return Locale.forLanguageTag(language.base()).getDisplayLanguage(Locale.ENGLISH);
    }

    private void verdict() {
        frame.verdict(
                Verdict.of(call),
                () -> {
                    for (Party speaker : Party.values()) {
                        call.spokenBy(speaker).ifPresent(language -> direction(speaker, language));
                    }
                });
    }

    private void direction(Party speaker, Language language) {
        Double errors = call.wordErrorRates().get(speaker);
        html.raw("<li><span></span>");
        html.element(
                "span",
                "",
                "From " + language.base() + ": words heard wrong, wait for the first sound");
        html.element(
                "span",
                "class=\"measured\"",
                (errors == null ? "–" : CallTable.percent(errors))
                        + ", "
                        + CallTable.seconds(call.delay(speaker)));
        html.raw("</li>\n");
    }

    private void players() {
        html.raw("<h2>Listen</h2>\n<div class=\"players\">\n");
        player(
                Party.DESTINATION,
                "What the destination heard",
                "the caller’s voice, and over it the translation");
        player(
                Party.CALLER,
                "What the caller heard",
                "the destination’s voice, and nothing of the translation");
        html.raw("</div>\n");
    }

    private void player(Party party, String title, String subtitle) {
        frame.player(title, subtitle, recordings.of(party).heard(), call.side(party).starts());
    }

    private void timeline() {
        Waveform waveform = new Waveform(lasts);
        html.raw("<h2>On one time axis</h2>\n<ul class=\"legend\">");
        html.raw("<li><i class=\"i-voice\"></i>original voice</li>");
        html.raw("<li><i class=\"i-spoken\"></i>translation sounding</li>");
        html.raw("<li><i class=\"i-delay\"></i>end of speech to first translated sound</li>");
        html.raw("<li><i class=\"i-level\"></i>level of the original voice</li></ul>\n");
        frame.openTimeline(lasts);
        for (Party speaker : Party.values()) {
            if (!lane(speaker).isEmpty()) {
                lane(waveform, speaker);
            }
        }
        if (lane(Party.DESTINATION).isEmpty()) {
            frame.row(
                    "The caller hears",
                    waveform.wave(
                            "What the caller heard",
                            recordings.caller().heard(),
                            call.caller().starts(),
                            List.of()));
        }
        frame.closeTimeline();
    }

    private List<Utterance> lane(Party speaker) {
        return call.utterances().stream().filter(u -> u.speaker() == speaker).toList();
    }

    private void lane(Waveform waveform, Party speaker) {
        List<Utterance> lane = lane(speaker);
        Side listener = call.side(speaker.other());
        List<Waveform.Shade> shades =
                lane.stream()
                        .filter(u -> u.times().audioEnd().isPresent())
                        .map(
                                u ->
                                        new Waveform.Shade(
                                                u.times().firstAudio().orElseThrow(),
                                                u.times().audioEnd().orElseThrow()))
                        .toList();
        String speaks = speaker == Party.CALLER ? "The caller" : "The destination";
        String hears = speaker == Party.CALLER ? "The destination" : "The caller";
        frame.captions(
                speaks + " says",
                captions(
                        lane,
                        u ->
                                caption(
                                        u.times().speechStart(),
                                        u.times().speechEnd(),
                                        "voice",
                                        u.source(),
                                        u.said())));
        frame.row(
                "",
                waveform.wave(speaks + "’s voice", recordings.of(speaker).said(), 0, List.of()));
        html.raw("<div class=\"row delays\">");
        lane.forEach(this::delay);
        html.raw("</div>\n");
        frame.captions(
                hears + " hears",
                captions(
                        lane,
                        u ->
                                caption(
                                        u.times().firstAudio(),
                                        u.times().audioEnd(),
                                        "spoken",
                                        u.target(),
                                        u.translated())));
        frame.row(
                "",
                waveform.wave(
                        "What " + hears.toLowerCase(Locale.ROOT) + " heard",
                        recordings.of(speaker.other()).heard(),
                        listener.starts(),
                        shades));
        html.raw("<div class=\"row levels\"><h3>").text("Level of the original there").raw("</h3>");
        html.raw(waveform.levels("Level of the original voice", listener.levels(), shades));
        // Labels every ten seconds: only a part of the axis is on the screen.
        for (long second = 0; second * 1000 < lasts; second += 10) {
            levelLabel(second, 0, "0 dB");
            levelLabel(second, Verdict.DUCKING, "−12 dB");
        }
        html.raw("</div>\n");
    }

    private void levelLabel(long second, double level, String label) {
        html.raw(
                "<span class=\"db\" aria-hidden=\"true\" style=\"--t:%d;top:calc(1.8rem + %.0fpx)\">%s</span>"
                        .formatted(second, Waveform.levelShare(level) * Waveform.HEIGHT, label));
    }

    private static List<PageFrame.Caption> captions(
            List<Utterance> lane, Function<Utterance, Optional<PageFrame.Caption>> caption) {
        return lane.stream().map(caption).flatMap(Optional::stream).toList();
    }

    private static Optional<PageFrame.Caption> caption(
            OptionalLong from, OptionalLong to, String kind, Language language, String text) {
        return from.isPresent() && to.isPresent()
                ? Optional.of(
                        new PageFrame.Caption(
                                from.getAsLong(), to.getAsLong(), kind, language, text))
                : Optional.empty();
    }

    private void delay(Utterance u) {
        if (u.delay().isPresent()) {
            long from =
                    Math.min(
                            u.times().speechEnd().orElseThrow(),
                            u.times().firstAudio().orElseThrow());
            html.raw(
                    "<span style=\"--t:%s;--w:%s\"><b>"
                            .formatted(
                                    PageFrame.seconds(from),
                                    PageFrame.seconds(Math.abs(u.delay().getAsLong()))));
            html.text(CallTable.seconds(u.delay())).raw("</b></span>");
        }
    }

    private void utterances() {
        html.raw("<h2>Word for word</h2>\n<ol class=\"list\">\n");
        call.utterances().forEach(this::utterance);
        html.raw("</ol>\n");
    }

    private void utterance(Utterance u) {
        html.raw(
                "<li class=\"card\" data-from=\"%s\" data-to=\"%s\">"
                        .formatted(
                                PageFrame.seconds(u.times().speechStart().orElse(-1)),
                                PageFrame.seconds(u.times().audioEnd().orElse(-1))));
        html.raw("<div class=\"said\"><small>")
                .text(
                        "%s · %s, as recognized"
                                .formatted(
                                        u.speaker() == Party.CALLER ? "Caller" : "Destination",
                                        name(u.source())))
                .raw("</small>");
        html.raw("<p" + Html.attribute("lang", u.source().tag()) + ">").text(u.said()).raw("</p>");
        if (u.known().isPresent()) {
            html.raw("<small>").text("really said: " + u.known().get());
            u.wordErrorRate()
                    .ifPresent(
                            rate -> html.text(" (" + CallTable.percent(rate) + " of words wrong)"));
            html.raw("</small>");
        }
        html.raw("</div><div class=\"translated\"><small>")
                .text(name(u.target()) + ", as spoken")
                .raw("</small><p" + Html.attribute("lang", u.target().tag()) + ">")
                .text(u.isTranslated() ? u.translated() : "–")
                .raw("</p></div>");
        u.spans().ifPresent(this::spans);
        facts(u);
        html.raw("</li>\n");
    }

    /// What the time of an utterance was spent on, as one bar.
    private void spans(UtteranceSpans spans) {
        long total = Math.max(1, spans.total());
        html.raw("<div class=\"spans\" role=\"img\"")
                .raw(Html.attribute("aria-label", described(spans)))
                .raw(">");
        spans.durations()
                .forEach(
                        (name, millis) -> {
                            String span = name.replace("_ms", "");
                            html.raw("<i")
                                    .raw(Html.attribute("class", "s-" + span))
                                    .raw(Html.attribute("title", span + " " + millis + " ms"))
                                    .raw(
                                            String.format(
                                                    Locale.ROOT,
                                                    " style=\"width:%.2f%%\"></i>",
                                                    100.0 * millis / total));
                        });
        html.raw("</div><small>").text(described(spans)).raw("</small>");
    }

    private static String described(UtteranceSpans spans) {
        return spans.durations().entrySet().stream()
                .map(each -> each.getKey().replace("_ms", "") + " " + each.getValue() + " ms")
                .collect(Collectors.joining(" · "));
    }

    private void facts(Utterance u) {
        html.raw("<div class=\"facts\">");
        if (u.times().speechStart().isPresent()) {
            html.raw(
                    "<button type=\"button\" data-at=\"%s\">Play from %s</button>"
                            .formatted(
                                    PageFrame.seconds(u.times().speechStart().getAsLong()),
                                    CallTable.seconds(u.times().speechStart())));
        }
        if (u.isTranslated()) {
            html.raw(
                    PageFrame.mark(
                            u.isHeard(), "heard by the listener", "not heard by the listener"));
            html.raw(PageFrame.mark(!u.isLeaked(), "not by the speaker", "heard by the speaker"));
            u.leak()
                    .map(Listening.Leak::margin)
                    .filter(Double::isFinite)
                    .ifPresent(m -> fact("privacy margin", Verdict.decibels(m)));
        }
        if (u.delay().isPresent()) {
            fact("after the last word", CallTable.seconds(u.delay()));
            fact("after the first word", CallTable.seconds(u.lag()));
        }
        u.ducked().ifPresent(d -> fact("original under it", Verdict.decibels(d)));
        u.restored().ifPresent(d -> fact("and after it", Verdict.decibels(d)));
        html.raw("</div>");
    }

    private void fact(String name, String value) {
        html.raw("<span>").text(name + " ").element("b", "", value).raw("</span>");
    }

    private void foot() {
        frame.close(
                "A recording of a demonstration call. Delay: from the end of speech until the first"
                        + " translated sound reaches the listener, as the listener hears both.");
    }
}
