package io.sandalphone.harness.latency;

import io.sandalphone.harness.latency.LatencyResult.CurvePoint;

import java.io.PrintStream;
import java.util.Locale;

/// The results for a terminal.
final class LatencyTable {
    private LatencyTable() {}

    static void print(LatencyResult result, PrintStream out) {
        out.printf(
                "profile %s, seed %d; milliseconds and words are p50/p90/p95%n",
                result.profile(), result.seed());
        result.policies().forEach(each -> print(each, out));
        out.printf("%nleast words of a clause: ear-voice span, chrF, words of a clause%n");
        for (CurvePoint point : result.curve()) {
            PolicyResult each = point.result();
            out.printf(
                    Locale.ROOT,
                    "  %s %d: %s ms, %.1f, %s%n",
                    each.language(),
                    point.leastWords(),
                    each.earVoiceSpan(),
                    each.chrf(),
                    each.clauseWords());
        }
    }

    private static void print(PolicyResult each, PrintStream out) {
        out.printf(
                "%n%s, %s: %d utterances, %d clauses of %s words; %d refused, %d too late, %d"
                        + " phrases unheard, %d revised%n",
                each.policy(),
                each.language(),
                each.utterances(),
                each.clauses(),
                each.clauseWords(),
                each.refused(),
                each.late(),
                each.unheard(),
                each.revised());
        out.printf(
                "  short phrases: phrase delay %s, first sound %s, floor %s, ours %s%n",
                each.phraseDelay(), each.firstSound(), each.floor(), each.ours());
        out.printf(
                Locale.ROOT,
                "  long speech: ear-voice span %s, tail %s, spoken x %.2f as fast%n",
                each.earVoiceSpan(),
                each.tail(),
                each.pace());
        out.printf("    the span's parts: %s%n", each.spanParts());
        out.printf(
                Locale.ROOT,
                "  characters x %.2f translated, x %.2f spoken; chrF %.1f; numbers %s, names %s,"
                        + " negations %s; %.1f s over the listener%n",
                each.translationCharacters(),
                each.synthesisCharacters(),
                each.chrf(),
                each.numbers(),
                each.names(),
                each.negations(),
                each.talkedOverSeconds());
    }
}
