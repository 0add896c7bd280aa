package io.sandalphone.harness.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What `scripts/bench agent` measured: in virtual time, and over real carriers.
///
/// @param virtual by what tells the end of a turn
public record AgentResult(long seed, List<VirtualResult> virtual, List<CarrierResult> carriers) {
    private static final double MOST_OURS = 80;
    private static final double MOST_ANSWER_P50 = 900;
    private static final double MOST_ANSWER_P95 = 1400;
    private static final double MOST_SILENT_P95 = 200;

    public AgentResult {
        virtual = List.copyOf(virtual);
        carriers = List.copyOf(carriers);
    }

    /// For a terminal.
    public String table() {
        var table = new StringBuilder();
        for (VirtualResult each : virtual) {
            boolean recognizer = each.ends().equals("recognizer");
            line(table, "virtual time, %s tells the end of a turn; ms", each.ends());
            row(
                    table,
                    "answer delay",
                    each.answer(),
                    recognizer ? "p50 <= 900, p95 <= 1400" : "",
                    !recognizer
                            || (each.answer().p50() <= MOST_ANSWER_P50
                                    && each.answer().p95() <= MOST_ANSWER_P95));
            row(table, "  of which the services'", each.floor(), "", true);
            row(table, "  of which ours", each.ours(), "p50 <= 80", each.ours().p50() <= MOST_OURS);
            row(
                    table,
                    "interruption to silence",
                    each.silent(),
                    "p95 <= 200",
                    each.silent().p95() <= MOST_SILENT_P95);
            row(table, "words heard after it", each.wordsAfter());
        }
        for (CarrierResult each : carriers) {
            line(table, "%s, real time, tone engines; ms", each.kind());
            row(table, "answer, behind the pause", each.answer(), "", true);
            row(
                    table,
                    "interruption to silence",
                    each.silent(),
                    "p95 <= 200",
                    each.silent().p95() <= MOST_SILENT_P95);
            row(table, "words heard after it", each.wordsAfter());
        }
        scenarios(table);
        return table.toString();
    }

    private void scenarios(StringBuilder table) {
        if (carriers.isEmpty()) {
            return;
        }
        List<String> head = new ArrayList<>(List.of("scenario"));
        carriers.forEach(each -> head.add(each.kind().name().toLowerCase(Locale.ROOT)));
        cells(table, head);
        for (String scenario : carriers.getFirst().scenarios().keySet()) {
            List<String> cells = new ArrayList<>(List.of(scenario));
            carriers.forEach(each -> cells.add(each.scenarios().getOrDefault(scenario, "–")));
            cells(table, cells);
        }
    }

    private static void cells(StringBuilder table, List<String> cells) {
        table.append(String.format(Locale.ROOT, "%-26s", cells.getFirst()));
        cells.subList(1, cells.size())
                .forEach(cell -> table.append(String.format(Locale.ROOT, " %-9s", cell)));
        table.append('\n');
    }

    private static void line(StringBuilder table, String format, Object value) {
        table.append(String.format(Locale.ROOT, format, value)).append('\n');
    }

    private static void row(
            StringBuilder table, String name, Times times, String target, boolean reached) {
        table.append(
                String.format(
                        Locale.ROOT,
                        "  %-24s %-44s %-24s %s%n",
                        name,
                        times,
                        target,
                        target.isEmpty() ? "" : reached ? "ok" : "MISSED"));
    }

    private static void row(StringBuilder table, String name, int count) {
        table.append(
                String.format(
                        Locale.ROOT,
                        "  %-24s %-44d %-24s %s%n",
                        name,
                        count,
                        "0",
                        count == 0 ? "ok" : "MISSED"));
    }
}
