package io.sandalphone.harness.demo;

import io.sandalphone.harness.demo.CallReport.Utterance;
import io.sandalphone.telephony.Party;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Whether a call did what the demo promises, criterion by criterion.
public record Verdict(List<Criterion> criteria) {
    public Verdict {
        criteria = List.copyOf(criteria);
    }

    /// How far the original voice is to sink under a translation, in dB, and how far off it may be.
    static final double DUCKING = -12;

    static final double DUCKING_TOLERANCE = 2;
    static final double RESTORED_TOLERANCE = 1;

    /// What became of a promise.
    public enum Judgement {
        KEPT,
        BROKEN,
        /// Nothing happened in the call by which it could be judged, which breaks nothing.
        NOT_MEASURED
    }

    /// One promise, what became of it, and what was measured.
    public record Criterion(String promise, Judgement judgement, String measured) {
        Criterion(String promise, boolean kept, String measured) {
            this(promise, kept ? Judgement.KEPT : Judgement.BROKEN, measured);
        }
    }

    public static Verdict of(CallReport call) {
        List<Utterance> all = call.utterances().stream().filter(Utterance::isTranslated).toList();
        long leaked = all.stream().filter(Utterance::isLeaked).count();
        double margin =
                all.stream()
                        .flatMap(u -> u.leak().stream())
                        .mapToDouble(leak -> leak.margin())
                        .min()
                        .orElse(0);
        List<Criterion> criteria = new ArrayList<>();
        criteria.add(heard("The destination", call.translationsOf(Party.CALLER)));
        if (call.spokenBy(Party.DESTINATION).isPresent()) {
            criteria.add(heard("The caller", call.translationsOf(Party.DESTINATION)));
        }
        criteria.addAll(
                List.of(
                        new Criterion(
                                "The speaker heard none of it",
                                !all.isEmpty() && leaked == 0,
                                leaked == 0 && !all.isEmpty()
                                        ? "nothing, by a margin of " + decibels(margin)
                                        : leaked + " of " + all.size() + " leaked"),
                        level(
                                "The original voice sank by 12 ± 2 dB under it",
                                all.stream().map(Utterance::ducked).toList(),
                                DUCKING,
                                DUCKING_TOLERANCE),
                        level(
                                "The original voice came back",
                                all.stream().map(Utterance::restored).toList(),
                                0,
                                RESTORED_TOLERANCE),
                        new Criterion(
                                call.carrier().title() + " was left with nothing",
                                call.leftBehind().carrierHasNothing(),
                                call.carrier()
                                        .left(
                                                call.leftBehind().channels(),
                                                call.leftBehind().bridges()))));
        call.leftBehind()
                .sessions()
                .ifPresent(
                        sessions ->
                                criteria.add(
                                        new Criterion(
                                                "The recognizer was left with no session",
                                                sessions.allEnded(),
                                                "%d of %d were ended"
                                                        .formatted(
                                                                sessions.terminated(),
                                                                sessions.opened()))));
        return new Verdict(criteria);
    }

    private static Criterion heard(String listener, List<Utterance> spoken) {
        long heard = spoken.stream().filter(Utterance::isHeard).count();
        return new Criterion(
                listener + " heard every translation",
                !spoken.isEmpty() && heard == spoken.size(),
                heard + " of " + spoken.size());
    }

    private static Criterion level(
            String promise, List<OptionalDouble> measured, double expected, double tolerance) {
        double[] levels = measured.stream().flatMapToDouble(OptionalDouble::stream).toArray();
        if (levels.length == 0) {
            return new Criterion(
                    promise, Judgement.NOT_MEASURED, "not measured: nobody spoke there");
        }
        double worst = levels[0];
        for (double level : levels) {
            if (Math.abs(level - expected) > Math.abs(worst - expected)) {
                worst = level;
            }
        }
        return new Criterion(
                promise,
                Math.abs(worst - expected) <= tolerance,
                "%s, farthest of %d".formatted(decibels(worst), levels.length));
    }

    /// A level as people write it.
    static String decibels(double level) {
        String number = String.format(Locale.ROOT, "%.1f dB", Math.abs(level));
        return (number.startsWith("0.0") ? "" : level < 0 ? "−" : "") + number;
    }

    public boolean passed() {
        return criteria.stream().noneMatch(each -> each.judgement() == Judgement.BROKEN);
    }

    /// Whether every promise could be judged.
    boolean isWhole() {
        return criteria.stream().noneMatch(each -> each.judgement() == Judgement.NOT_MEASURED);
    }

    /// What a program that made the call exits with.
    public int exitCode() {
        return passed() ? 0 : 1;
    }
}
