package io.sandalphone.harness.demo;

import io.sandalphone.harness.converse.CallTurn;
import io.sandalphone.harness.converse.HeldCall;
import io.sandalphone.harness.html.Html;
import io.sandalphone.speech.Language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The report of a call to an agent as one page to look at and to listen to, in the looks of [CallPage].
final class AgentPage {
    private final AgentReport report;
    private final HeldCall call;
    private final Language language;
    private final long lasts;
    private final Html html = new Html();

    private AgentPage(AgentReport report, HeldCall call, Language language) {
        this.report = report;
        this.call = call;
        this.language = language;
        lasts = Math.max(call.heard().length, call.said().length) / 8;
    }

    static void write(Path file, AgentReport report, HeldCall call, Language language)
            throws IOException {
        Files.writeString(file, of(report, call, language));
    }

    static String of(AgentReport report, HeldCall call, Language language) {
        var page = new AgentPage(report, call, language);
        var frame = new PageFrame(page.html);
        frame.open("A call to an agent, in " + Dialogue.name(language));
        page.html
                .raw("<p>")
                .text(
                        "Ended with %s, %s %s, language model: %s. Times are those of the call, everything is measured from the caller’s own recordings; what the agent said is what a recognizer heard there."
                                .formatted(
                                        report.reason(),
                                        report.carrier(),
                                        report.asteriskVersion(),
                                        report.model()))
                .raw("</p>\n</header>\n");
        frame.verdict(report.verdict(), () -> {});
        page.html.raw("<h2>Listen</h2>\n<div class=\"players\">\n");
        frame.player("What the caller heard", "the agent’s voice", call.heard(), 0);
        frame.player(
                "What the destination heard",
                "why the agent put the caller through, and the caller",
                call.person(),
                0);
        page.html.raw("</div>\n");
        page.timeline(frame);
        page.turns();
        frame.close(
                "A recording of a demonstration call. Delay: from the end of what the caller said"
                        + " until the agent was heard.");
        return page.html.toString();
    }

    private void timeline(PageFrame frame) {
        var waveform = new Waveform(lasts);
        html.raw("<h2>On one time axis</h2>\n<ul class=\"legend\">");
        html.raw("<li><i class=\"i-voice\"></i>the caller</li>");
        html.raw("<li><i class=\"i-spoken\"></i>the agent</li></ul>\n");
        frame.openTimeline(lasts);
        frame.captions(
                "The caller says",
                report.turns().stream()
                        .filter(CallTurn::caller)
                        .map(turn -> caption(turn))
                        .toList());
        frame.row("", waveform.wave("The caller’s voice", call.said(), 0, List.of()));
        frame.captions(
                "The caller hears",
                report.turns().stream()
                        .filter(turn -> !turn.caller())
                        .map(turn -> caption(turn))
                        .toList());
        frame.row(
                "",
                waveform.wave(
                        "What the caller heard",
                        call.heard(),
                        0,
                        List.of(new Waveform.Shade(0, lasts))));
        frame.closeTimeline();
    }

    private PageFrame.Caption caption(CallTurn turn) {
        return new PageFrame.Caption(
                turn.from(),
                turn.until(),
                turn.caller() ? "voice" : "spoken",
                language,
                turn.text());
    }

    private void turns() {
        html.raw("<h2>Word for word</h2>\n<ol class=\"list\">\n");
        for (CallTurn turn : report.turns()) {
            html.raw(
                    "<li class=\"card\" data-from=\"%s\" data-to=\"%s\">"
                            .formatted(
                                    PageFrame.seconds(turn.from()),
                                    PageFrame.seconds(turn.until())));
            html.raw("<div class=\"%s\"><small>".formatted(turn.caller() ? "said" : "translated"))
                    .text(turn.caller() ? "Caller" : "Agent, as recognized")
                    .raw("</small><p" + Html.attribute("lang", language.tag()) + ">")
                    .text(turn.text())
                    .raw("</p></div><div class=\"facts\">")
                    .text(AgentReport.told(turn).strip())
                    .raw("</div></li>\n");
        }
        html.raw("</ol>\n");
    }
}
