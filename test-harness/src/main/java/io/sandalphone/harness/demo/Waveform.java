package io.sandalphone.harness.demo;

import io.sandalphone.harness.demo.CallReport.Level;
import io.sandalphone.harness.html.Html;

import java.util.List;
import java.util.Locale;

/// A recording drawn as SVG on the page's time axis: 100 units to the second, whatever its width on
/// the screen.
final class Waveform {
    private static final int UNITS_PER_SECOND = 100;

    /// In pixels.
    static final int HEIGHT = 80;

    private static final int SAMPLES_PER_POINT = 160;

    /// Levels are drawn from this to the lower one, in dB.
    private static final double TOP = 7;

    private static final double BOTTOM = -21;

    private final long lasts;

    /// `lasts` is the length of the axis in milliseconds.
    Waveform(long lasts) {
        this.lasts = lasts;
    }

    /// A part of the axis in which a translation sounds, in milliseconds on it.
    record Shade(long from, long to) {}

    private String open(String label, List<Shade> shades) {
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %s %d\" height=\"%d\""
                        .formatted(Html.escaped(label), number(units(lasts)), HEIGHT, HEIGHT));
        svg.append(" preserveAspectRatio=\"none\">");
        for (Shade shade : shades) {
            svg.append(
                    "<rect class=\"wash\" x=\"%s\" y=\"0\" width=\"%s\" height=\"%d\"/>"
                            .formatted(
                                    number(units(shade.from())),
                                    number(units(shade.to() - shade.from())),
                                    HEIGHT));
        }
        return svg.toString();
    }

    /// The wave of `pcm` (8 kHz), which begins at `starts` on the axis. Where a shade lies over it the
    /// wave takes the shade's second colour.
    String wave(String label, short[] pcm, long starts, List<Shade> shades) {
        StringBuilder svg = new StringBuilder(open(label, shades));
        svg.append(path("w-voice", pcm, starts, shades, false));
        svg.append(path("w-spoken", pcm, starts, shades, true));
        return svg.append("</svg>").toString();
    }

    /// The peaks above and below zero in each step of 20 ms, as one path of bars.
    private String path(
            String cssClass, short[] pcm, long starts, List<Shade> shades, boolean shaded) {
        StringBuilder d = new StringBuilder();
        for (int from = 0; from < pcm.length; from += SAMPLES_PER_POINT) {
            long at = starts + from / 8;
            if (at < 0
                    || at > lasts
                    || shaded != shades.stream().anyMatch(s -> at >= s.from() && at < s.to())) {
                continue;
            }
            int low = 0;
            int high = 0;
            for (int i = from; i < Math.min(pcm.length, from + SAMPLES_PER_POINT); i++) {
                low = Math.min(low, pcm[i]);
                high = Math.max(high, pcm[i]);
            }
            double top = y(high) - 0.4;
            double bottom = y(low) + 0.4;
            d.append(
                    "M%s %sh1.6v%sh-1.6z"
                            .formatted(number(units(at)), number(top), number(bottom - top)));
        }
        return "<path class=\"%s\" d=\"%s\"/>".formatted(cssClass, d);
    }

    /// Quiet speech stays visible: the height grows with the root of the amplitude.
    private static double y(int sample) {
        double height = Math.sqrt(Math.abs(sample) / 32768.0) * (HEIGHT / 2.0 - 1);
        return HEIGHT / 2.0 - Math.signum(sample) * height;
    }

    /// The gain of a voice, as a line that breaks where it was silent for more than half a second.
    String levels(String label, List<Level> levels, List<Shade> shades) {
        StringBuilder svg = new StringBuilder(open(label, shades));
        for (int level : new int[] {0, -12}) {
            svg.append(
                    "<line class=\"grid\" x1=\"0\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
                            .formatted(
                                    number(units(lasts)),
                                    number(levelY(level)),
                                    number(levelY(level))));
        }
        StringBuilder d = new StringBuilder();
        long last = Long.MIN_VALUE / 2;
        for (Level level : levels) {
            String x = number(units(level.at()));
            String y = number(levelY(level.decibels()));
            d.append(level.at() - last > 500 ? "M" : "L").append(x).append(' ').append(y);
            d.append('L').append(number(units(level.at() + 100))).append(' ').append(y);
            last = level.at();
        }
        svg.append("<path class=\"level\" d=\"").append(d).append("\"/>");
        return svg.append("</svg>").toString();
    }

    /// Where a level lies, as a share of the height from the top.
    static double levelShare(double decibels) {
        return (TOP - Math.clamp(decibels, BOTTOM, TOP)) / (TOP - BOTTOM);
    }

    private static double levelY(double decibels) {
        return levelShare(decibels) * HEIGHT;
    }

    private static double units(long millis) {
        return millis * UNITS_PER_SECOND / 1000.0;
    }

    private static String number(double value) {
        String number = String.format(Locale.ROOT, "%.1f", value);
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }
}
