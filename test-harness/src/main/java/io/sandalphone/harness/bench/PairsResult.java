package io.sandalphone.harness.bench;

import io.sandalphone.harness.pairs.Pair;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// How soon the first translated sound of a short phrase was heard in each pair, from the phrase's end.
/// `laterMillis` is by how much the median of two Twilio telephones exceeds that of two SIP telephones; null
/// when one of the two was not measured.
record PairsResult(Map<Pair, Distribution> firstSound, @Nullable Double laterMillis) {
    /// How much later two telephones at Twilio may be (p50).
    private static final double MOST_LATER_MILLIS = 20;

    PairsResult {
        firstSound = Map.copyOf(firstSound);
    }

    static PairsResult of(Map<Pair, Distribution> firstSound) {
        Distribution sip = firstSound.get(Pair.SIP_SIP);
        Distribution twilio = firstSound.get(Pair.TWILIO_TWILIO);
        return new PairsResult(
                firstSound,
                sip == null || twilio == null ? null : twilio.p50Millis() - sip.p50Millis());
    }

    String table() {
        var table =
                new ResultTable(
                        "first translated sound, ms after the end of a short phrase", 18, 24, 16);
        new EnumMap<>(firstSound)
                .forEach(
                        (pair, times) ->
                                table.row(
                                        pair.toString(),
                                        "p50 %s, p99 %s"
                                                .formatted(
                                                        millis(times.p50Millis()),
                                                        millis(times.p99Millis())),
                                        "%d phrases".formatted(times.count()),
                                        ""));
        Double later = laterMillis;
        if (later == null) {
            table.row(Pair.TWILIO_TWILIO + " later", "not measured", "", "");
        } else {
            table.row(
                    Pair.TWILIO_TWILIO + " later",
                    millis(later),
                    "at most " + millis(MOST_LATER_MILLIS),
                    ResultTable.verdict(later <= MOST_LATER_MILLIS));
        }
        return table.toString();
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.0f", millis);
    }

    String json() {
        return ResultJson.of(this);
    }
}
