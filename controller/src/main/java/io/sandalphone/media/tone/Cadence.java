package io.sandalphone.media.tone;

import java.util.List;

/// A tone as a network plays it: one or two frequencies, in hertz, that sound together, and for how many
/// milliseconds they are on, off, on, off, from the beginning again and again.
public record Cadence(List<Integer> hertz, List<Integer> millis) {
    public Cadence {
        if (hertz.isEmpty() || hertz.size() > 2 || millis.isEmpty() || millis.size() % 2 != 0) {
            throw new IllegalArgumentException(
                    "one or two frequencies, and times on and off: " + hertz + ", " + millis);
        }
        hertz = List.copyOf(hertz);
        millis = List.copyOf(millis);
    }

    private static Cadence of(List<Integer> hertz, Integer... millis) {
        return new Cadence(hertz, List.of(millis));
    }

    /// What a caller in `region` (ISO 3166) hears while the other phone rings (ITU-T E.180, supplement 2);
    /// what most of the world has where the region is not known.
    public static Cadence ringback(String region) {
        return switch (region) {
            case "US", "CA", "PR", "DO", "JM", "BS", "TT", "BB", "GU", "VI" ->
                    of(List.of(440, 480), 2000, 4000);
            case "GB", "IE", "GI", "MT", "IM", "JE", "GG", "SG", "HK" ->
                    of(List.of(400, 450), 400, 200, 400, 2000);
            case "AU", "NZ" -> of(List.of(400, 425), 400, 200, 400, 2000);
            case "ES", "PT" -> of(List.of(425), 1500, 3000);
            case "FR" -> of(List.of(440), 1500, 3500);
            case "JP" -> of(List.of(400), 1000, 2000);
            case "KR" -> of(List.of(440, 480), 1000, 2000);
            case "IN" -> of(List.of(400, 425), 400, 200, 400, 2000);
            case "CN" -> of(List.of(450), 1000, 4000);
            default -> of(List.of(425), 1000, 4000);
        };
    }

    /// What a caller in `region` hears when the other phone is busy.
    public static Cadence busy(String region) {
        return switch (region) {
            case "US", "CA", "PR", "DO", "JM", "BS", "TT", "BB", "GU", "VI" ->
                    of(List.of(480, 620), 500, 500);
            case "GB", "IE", "GI", "MT", "IM", "JE", "GG" -> of(List.of(400), 375, 375);
            case "ES" -> of(List.of(425), 200, 200);
            case "MX" -> of(List.of(425), 250, 250);
            case "FR" -> of(List.of(440), 500, 500);
            case "JP" -> of(List.of(400), 500, 500);
            case "CN" -> of(List.of(450), 350, 350);
            default -> of(List.of(425), 500, 500);
        };
    }
}
