package io.sandalphone.harness.demo;

import io.sandalphone.harness.demo.CallReport.Utterance;
import io.sandalphone.harness.measure.Listening;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The report of a call as lines for a terminal.
public final class CallTable {
    private static final int LABEL = 11;

    /// What the fake of a recognizer is.
    private static final String HEARS =
            " (a fake: it knows the words, where the demo does, and tells each when it was said)";

    private CallTable() {}

    public static String of(CallReport call) {
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (Utterance u : call.utterances()) {
            number++;
            out.append('\n');
            line(out, "%2d known".formatted(number), u.known().orElse("–"));
            line(out, "   " + u.source().base(), u.said());
            line(out, "   " + u.target().base(), u.isTranslated() ? u.translated() : "–");
            line(out, "", measured(u));
        }
        out.append('\n');
        out.append(
                "Call %s (%s), %s %s%n"
                        .formatted(
                                plain(call.result()),
                                plain(call.reason()),
                                plain(call.carrier().title()),
                                plain(call.asteriskVersion())));
        out.append(engines(call)).append('\n');
        call.cost().ifPresent(cost -> out.append(plain(cost(call, cost))).append('\n'));
        for (Party speaker : Party.values()) {
            call.spokenBy(speaker)
                    .ifPresent(
                            language ->
                                    out.append(plain(direction(call, speaker, language)))
                                            .append('\n'));
        }
        List<Verdict.Criterion> criteria = Verdict.of(call).criteria();
        for (Verdict.Criterion c : criteria) {
            out.append("%s  %-46s %s%n".formatted(mark(c.judgement()), c.promise(), c.measured()));
        }
        return out.toString();
    }

    private static String mark(Verdict.Judgement judgement) {
        return switch (judgement) {
            case KEPT -> "yes";
            case BROKEN -> "NO ";
            case NOT_MEASURED -> "–  ";
        };
    }

    /// Which engines interpreted the call.
    static String engines(CallReport call) {
        Providers used = call.providers();
        return "Engines (%s): %s heard%s, %s translated, %s spoke"
                .formatted(
                        used,
                        used.transcriber(),
                        used == Providers.CLOUD_FAKES ? HEARS : "",
                        used.translator(),
                        used.synthesizer());
    }

    /// How well one of the two was interpreted.
    static String direction(CallReport call, Party speaker, Language language) {
        Double errors = call.wordErrorRates().get(speaker);
        return "From %s (%s): %s, first sound %s after the last word (median of %d)"
                .formatted(
                        language.base(),
                        speaker.name().toLowerCase(Locale.ROOT),
                        errors == null
                                ? "words not known"
                                : percent(errors) + " of the words heard wrong",
                        seconds(call.delay(speaker)),
                        call.translationsOf(speaker).size());
    }

    /// What the call has cost, and for what.
    static String cost(CallReport call, CostReport cost) {
        return "Cost %s %s%s: %s s listened, %d characters translated, %d spoken"
                .formatted(
                        cost.amount().stripTrailingZeros().toPlainString(),
                        cost.currency(),
                        call.providers().charged() ? " by example prices" : "",
                        cost.listenedSeconds().toPlainString(),
                        cost.translatedCharacters(),
                        cost.spokenCharacters());
    }

    private static void line(StringBuilder out, String label, String text) {
        out.append(("%-" + LABEL + "s").formatted(label)).append(plain(text)).append('\n');
    }

    private static String measured(Utterance u) {
        StringBuilder out = new StringBuilder();
        if (u.wordErrorRate().isPresent()) {
            out.append("errors ").append(percent(u.wordErrorRate().getAsDouble())).append(", ");
        }
        if (!u.isTranslated()) {
            return out.append("nothing to speak").toString();
        }
        out.append(u.isHeard() ? "heard by listener" : missing(u));
        out.append(u.isLeaked() ? ", LEAKED TO SPEAKER" : ", not by speaker");
        u.leak()
                .map(Listening.Leak::margin)
                .filter(Double::isFinite)
                .ifPresent(m -> out.append(" (margin ").append(Verdict.decibels(m)).append(')'));
        out.append(", ").append(seconds(u.delay())).append(" after the last word, ");
        out.append(seconds(u.lag())).append(" after the first");
        level(out, ", original ", u.ducked());
        level(out, ", then ", u.restored());
        return out.toString();
    }

    private static String missing(Utterance u) {
        return u.heard()
                .map(h -> "ONLY " + percent(h.fraction()) + " HEARD by listener")
                .orElse("NOT HEARD by listener");
    }

    private static void level(StringBuilder out, String before, OptionalDouble level) {
        if (level.isPresent()) {
            out.append(before).append(Verdict.decibels(level.getAsDouble()));
        }
    }

    static String seconds(OptionalLong millis) {
        return millis.isPresent()
                ? String.format(Locale.ROOT, "%.2f s", millis.getAsLong() / 1000.0)
                : "–";
    }

    static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    /// Text without anything that a terminal would obey.
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
