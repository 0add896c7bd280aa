package io.sandalphone.harness.sounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a tone, beep or data signal consists of, in the notation of `progress-sounds.md`.
record SignalPattern(List<Element> elements) {
    private static final Pattern ELEMENT = Pattern.compile("(!?)([^/]+)(?:/(\\d+))?");
    private static final Pattern PART =
            Pattern.compile(
                    "(~?)([\\d.]+)(?:>([\\d.]+))?(?:\\*([\\d.]+)(?:%(\\d+))?|@(-?\\d+))?(?:\\^(\\d+))?");
    private static final Pattern FSK =
            Pattern.compile("fsk\\(([\\d.]+),([\\d.]+),([\\d.]+),(\\w+)\\)");
    private static final Pattern QAM = Pattern.compile("qam\\((\\d+),(\\d+)\\)");
    private static final Pattern OUTSIDE_BRACKETS = Pattern.compile(",(?![^(]*\\))");

    /// Networks let bursts begin and end within 2 ms.
    private static final int EDGE = 16;

    private static final double HIGHEST = 3600;
    private static final double DEPTH = 0.85;

    /// @param once whether it comes once only
    /// @param millis how long it lasts; 0: for ever
    record Element(boolean once, String sound, int millis) {}

    static SignalPattern of(String notation) {
        List<Element> elements = new ArrayList<>();
        for (String each : OUTSIDE_BRACKETS.splitAsStream(notation).toList()) {
            Matcher element = ELEMENT.matcher(each);
            if (!element.matches()) {
                throw new IllegalArgumentException("no element of a pattern: " + each);
            }
            String millis = element.group(3);
            elements.add(
                    new Element(
                            !element.group(1).isEmpty(),
                            element.group(2),
                            millis == null ? 0 : Integer.parseInt(millis)));
        }
        return new SignalPattern(List.copyOf(elements));
    }

    /// Its sound for so long. Parts are at `dbm0`; all frequencies and durations are multiplied, and the
    /// first burst begins when `cut` of it has gone by.
    double[] sound(
            double seconds, double dbm0, double hertzFactor, double durationFactor, double cut) {
        double[] sound = new double[Dbm0.samples(seconds)];
        int at = 0;
        int repeated = 0;
        while (repeated < elements.size() && elements.get(repeated).once()) {
            repeated++;
        }
        boolean first = true;
        for (int index = 0; at < sound.length && index < elements.size(); index++) {
            Element element = elements.get(index);
            int length =
                    element.millis() == 0
                            ? sound.length - at
                            : Math.max(1, (int) Math.round(element.millis() * 8 * durationFactor));
            double[] burst = burst(element.sound(), length, dbm0, hertzFactor);
            if (first && !element.sound().equals("0")) {
                first = false;
                burst = Arrays.copyOfRange(burst, (int) (cut * length), length);
            }
            System.arraycopy(burst, 0, sound, at, Math.min(burst.length, sound.length - at));
            at += burst.length;
            if (index == elements.size() - 1 && repeated < elements.size()) {
                index = repeated - 1;
            }
        }
        return sound;
    }

    private static double[] burst(String sound, int length, double dbm0, double hertzFactor) {
        double[] burst = new double[length];
        if (sound.equals("0")) {
            return burst;
        }
        Matcher fsk = FSK.matcher(sound);
        Matcher qam = QAM.matcher(sound);
        if (fsk.matches()) {
            addFsk(burst, fsk, dbm0, hertzFactor);
        } else if (qam.matches()) {
            addQam(burst, qam, dbm0, hertzFactor);
        } else {
            for (String part : sound.split("\\+", -1)) {
                addPart(burst, part, dbm0, hertzFactor);
            }
        }
        for (int i = 0; i < Math.min(EDGE, length); i++) {
            double edge = 0.5 - 0.5 * Math.cos(Math.PI * i / EDGE);
            burst[i] *= edge;
            burst[length - 1 - i] *= edge;
        }
        return burst;
    }

    private static void addPart(double[] burst, String notation, double dbm0, double hertzFactor) {
        Matcher part = PART.matcher(notation);
        if (!part.matches()) {
            throw new IllegalArgumentException("no part of a sound: " + notation);
        }
        boolean square = !part.group(1).isEmpty();
        double from = Double.parseDouble(part.group(2)) * hertzFactor;
        double to = part.group(3) == null ? from : Double.parseDouble(part.group(3)) * hertzFactor;
        double beat = part.group(4) == null ? 0 : Double.parseDouble(part.group(4));
        double depth = part.group(5) == null ? DEPTH : Integer.parseInt(part.group(5)) / 100.0;
        double level = dbm0 + (part.group(6) == null ? 0 : Integer.parseInt(part.group(6)));
        int turned = part.group(7) == null ? 0 : Integer.parseInt(part.group(7)) * 8;
        double peak = Dbm0.peak(level);
        double phase = 0;
        for (int i = 0; i < burst.length; i++) {
            int turns = turned == 0 ? 0 : i / turned;
            double here =
                    square ? square(phase, from, peak) : peak * Math.sin(phase + Math.PI * turns);
            if (beat > 0) {
                double swing = depth * Math.sin(2 * Math.PI * beat * i / Dbm0.RATE);
                here *= (1 + swing) / (1 + depth);
            }
            burst[i] += here;
            phase += 2 * Math.PI * (from + (to - from) * i / burst.length) / Dbm0.RATE;
        }
    }

    private static double square(double phase, double hertz, double peak) {
        double sum = 0;
        for (int k = 1; k * hertz < HIGHEST; k += 2) {
            sum += Math.sin(k * phase) / k;
        }
        return 4 / Math.PI * peak / Math.sqrt(2) * sum;
    }

    private static void addFsk(double[] burst, Matcher fsk, double dbm0, double hertzFactor) {
        double mark = Double.parseDouble(fsk.group(1)) * hertzFactor;
        double space = Double.parseDouble(fsk.group(2)) * hertzFactor;
        double baud = Double.parseDouble(fsk.group(3));
        boolean flags = fsk.group(4).equals("flags");
        var random = new SplittableRandom(1);
        double peak = Dbm0.peak(dbm0);
        double phase = 0;
        long bits = -1;
        boolean bit = false;
        for (int i = 0; i < burst.length; i++) {
            long now = (long) (i * baud / Dbm0.RATE);
            if (now != bits) {
                bits = now;
                bit = flags ? (0x7E >> now % 8 & 1) == 1 : random.nextLong() < 0;
            }
            burst[i] = peak * Math.sin(phase);
            phase += 2 * Math.PI * (bit ? mark : space) / Dbm0.RATE;
        }
    }

    private static void addQam(double[] burst, Matcher qam, double dbm0, double hertzFactor) {
        double carrier = Double.parseDouble(qam.group(1)) * hertzFactor;
        double symbol = Dbm0.RATE / Double.parseDouble(qam.group(2));
        var random = new SplittableRandom(1);
        double[] inPhase = new double[burst.length];
        double[] quadrature = new double[burst.length];
        for (double at = 0; at < burst.length; at += symbol) {
            double one = 2 * random.nextInt(4) - 3;
            double other = 2 * random.nextInt(4) - 3;
            int from = Math.max(0, (int) (at - 4 * symbol));
            int to = Math.min(burst.length, (int) (at + 4 * symbol));
            for (int i = from; i < to; i++) {
                double pulse = raisedCosine((i - at) / symbol);
                inPhase[i] += one * pulse;
                quadrature[i] += other * pulse;
            }
        }
        for (int i = 0; i < burst.length; i++) {
            double turn = 2 * Math.PI * carrier * i / Dbm0.RATE;
            burst[i] = inPhase[i] * Math.cos(turn) - quadrature[i] * Math.sin(turn);
        }
        double[] scaled = Dbm0.scaled(Band.telephone(burst), Dbm0.rms(dbm0));
        System.arraycopy(scaled, 0, burst, 0, burst.length);
    }

    /// With a roll-off of 0.25; `t` in symbols.
    private static double raisedCosine(double t) {
        double sinc = Math.abs(t) < 1e-9 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
        double below = 1 - 0.25 * t * t;
        return Math.abs(below) < 1e-6
                ? Math.PI / 4 * sinc
                : sinc * Math.cos(Math.PI * 0.25 * t) / below;
    }
}
