package io.sandalphone.harness.bench;

import java.util.Locale;
import java.util.stream.Stream;

/// What one run of [HairpinBench] measured.
record HairpinResult(
        int calls,
        long warmUpSeconds,
        int processors,
        FirstCall firstCall,
        LoadResult echo,
        LoadResult interpreted) {

    /// What the first call of a controller met that had just said it is healthy.
    ///
    /// @param rehearsalMillis how long the call of its own took that it made before; 0: none went through
    /// @param webhookMillis from when its webhook was sent until its answer
    /// @param answerMillis from then until the destination was heard of too: both hear something
    /// @param longestGapMillis the longest time in which nothing came to one of its phones
    record FirstCall(
            long rehearsalMillis,
            double webhookMillis,
            double answerMillis,
            double longestGapMillis) {}

    /// Whether all calls were carried.
    boolean carried() {
        return Stream.of(echo, interpreted).allMatch(load -> load.shortfalls().isEmpty());
    }

    String json() {
        return ResultJson.of(this);
    }

    String table() {
        var table =
                new ResultTable(
                        String.format(
                                Locale.ROOT,
                                "%d Twilio calls for %.0f s after %d s of warming up, %d"
                                        + " processors",
                                calls,
                                interpreted.seconds(),
                                warmUpSeconds,
                                processors),
                        40,
                        58,
                        18);
        table.row("measure", "value", "target", "");
        table.row(
                "first call",
                String.format(
                        Locale.ROOT,
                        "rehearsed %d ms, webhook %.0f ms, both hear %.0f ms later",
                        firstCall.rehearsalMillis(),
                        firstCall.webhookMillis(),
                        firstCall.answerMillis()),
                "",
                "");
        table.row(
                "first call, longest gap heard",
                String.format(Locale.ROOT, "%.0f ms", firstCall.longestGapMillis()),
                "",
                "");
        table.row("ECHO, one socket a call", "", "", "");
        echo.rows(table);
        table.row("INTERPRETED both ways, two sockets a call", "", "", "");
        interpreted.rows(table);
        return table.toString();
    }
}
