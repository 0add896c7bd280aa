package io.sandalphone.harness.latency;

import io.sandalphone.harness.html.Html;
import io.sandalphone.harness.latency.LatencyResult.CurvePoint;

import java.util.List;
import java.util.Locale;

/// Draws ear-voice span against chrF, a line for each language and a point for each least number of words, as SVG.
final class CurvePicture {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 64;
    private static final int RIGHT = 24;
    private static final int TOP = 20;
    private static final int BOTTOM = 56;
    private static final int TICKS = 5;

    private final List<CurvePoint> points;
    private final double leastSpan;
    private final double mostSpan;
    private final double leastChrf;
    private final double mostChrf;
    private final Html html;

    private CurvePicture(List<CurvePoint> points, Html html) {
        this.points = points;
        this.html = html;
        leastSpan = Math.floor(least(points.stream().mapToDouble(CurvePicture::span).toArray()));
        mostSpan = Math.ceil(most(points.stream().mapToDouble(CurvePicture::span).toArray()));
        leastChrf = Math.floor(least(points.stream().mapToDouble(CurvePicture::chrf).toArray()));
        mostChrf = Math.ceil(most(points.stream().mapToDouble(CurvePicture::chrf).toArray()));
    }

    /// Adds it to `html`; nothing where there are no points.
    static void draw(List<CurvePoint> points, Html html) {
        if (!points.isEmpty()) {
            new CurvePicture(points, html).draw();
        }
    }

    private static double span(CurvePoint point) {
        return point.result().earVoiceSpan().p50() / 1000.0;
    }

    private static double chrf(CurvePoint point) {
        return point.result().chrf();
    }

    private static double least(double... values) {
        double least = Double.MAX_VALUE;
        for (double value : values) {
            least = Math.min(least, value - 0.05);
        }
        return least;
    }

    private static double most(double... values) {
        double most = -Double.MAX_VALUE;
        for (double value : values) {
            most = Math.max(most, value + 0.05);
        }
        return most;
    }

    private void draw() {
        html.raw(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Ear-voice span against chrF\">\n"
                        .formatted(WIDTH, HEIGHT));
        axes();
        List<String> languages =
                points.stream().map(point -> point.result().language()).distinct().toList();
        for (String language : languages) {
            line(language);
        }
        html.raw("</svg>\n");
    }

    private void axes() {
        for (int tick = 0; tick <= TICKS; tick++) {
            double share = (double) tick / TICKS;
            double span = leastSpan + share * (mostSpan - leastSpan);
            double chrf = leastChrf + share * (mostChrf - leastChrf);
            html.raw(
                    String.format(
                            Locale.ROOT,
                            "<line class=\"grid\" x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\""
                                    + " y2=\"%3$d\"/>",
                            x(span),
                            TOP,
                            HEIGHT - BOTTOM));
            html.raw(
                    String.format(
                            Locale.ROOT,
                            "<line class=\"grid\" x1=\"%1$d\" y1=\"%2$.1f\" x2=\"%3$d\""
                                    + " y2=\"%2$.1f\"/>",
                            LEFT,
                            y(chrf),
                            WIDTH - RIGHT));
            label(
                    x(span),
                    HEIGHT - BOTTOM + 18,
                    "middle",
                    String.format(Locale.ROOT, "%.1f", span));
            label(LEFT - 8, y(chrf) + 4, "end", String.format(Locale.ROOT, "%.1f", chrf));
        }
        label(
                (LEFT + WIDTH - RIGHT) / 2.0,
                HEIGHT - 12,
                "middle",
                "ear-voice span, median, seconds");
        html.raw(
                String.format(
                        Locale.ROOT,
                        "<g transform=\"translate(16 %d) rotate(-90)\">",
                        (TOP + HEIGHT - BOTTOM) / 2));
        label(0, 0, "middle", "chrF");
        html.raw("</g>\n");
    }

    private void line(String language) {
        List<CurvePoint> own =
                points.stream()
                        .filter(point -> point.result().language().equals(language))
                        .toList();
        var path = new StringBuilder();
        for (CurvePoint point : own) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(
                            String.format(
                                    Locale.ROOT, "%.1f %.1f ", x(span(point)), y(chrf(point))));
        }
        html.raw("<g").raw(Html.attribute("class", "curve " + language)).raw(">");
        html.raw(String.format(Locale.ROOT, "<path d=\"%s\"/>", path));
        for (CurvePoint point : own) {
            PolicyResult result = point.result();
            html.raw(
                    String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>",
                            x(span(point)),
                            y(chrf(point))));
            html.text(
                    String.format(
                            Locale.ROOT,
                            "%s, least %d: %.2f s, chrF %.1f, words %d/%d",
                            language,
                            point.leastWords(),
                            span(point),
                            chrf(point),
                            result.clauseWords().p50(),
                            result.clauseWords().p90()));
            html.raw("</title></circle>");
            label(
                    x(span(point)) + 6,
                    y(chrf(point)) - 7,
                    "start",
                    language + " " + point.leastWords());
        }
        html.raw("</g>\n");
    }

    private void label(double x, double y, String anchor, String text) {
        html.raw(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                        x,
                        y,
                        anchor));
        html.text(text).raw("</text>\n");
    }

    private double x(double span) {
        return LEFT + (span - leastSpan) / (mostSpan - leastSpan) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double chrf) {
        return HEIGHT
                - BOTTOM
                - (chrf - leastChrf) / (mostChrf - leastChrf) * (HEIGHT - TOP - BOTTOM);
    }
}
