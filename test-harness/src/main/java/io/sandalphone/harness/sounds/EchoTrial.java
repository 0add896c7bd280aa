package io.sandalphone.harness.sounds;

import io.sandalphone.harness.sounds.EchoVoices.Said;
import io.sandalphone.media.echo.EchoDetector;
import io.sandalphone.speech.text.admission.EchoText;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Holds the comparison by sound, and the words that confirm it, against telephones that echo and people
/// who speak into them.
final class EchoTrial {
    /// What people do while our voice sounds to them, or behind it.
    enum Person {
        SILENT("nobody speaks"),
        ALONE("over our voice, no echo"),
        REPEATS("the same words, no echo"),
        OVER("over our voice's echo"),
        REPEATS_BEHIND("the same words behind the echo"),
        BEHIND("right behind the echo");

        private final String text;

        Person(String text) {
            this.text = text;
        }

        boolean echoes() {
            return this != ALONE && this != REPEATS;
        }

        boolean repeats() {
            return this == REPEATS || this == REPEATS_BEHIND;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// What was found of one telephone.
    ///
    /// @param echoes utterances that were nothing but an echo, and `back` how many of those would be
    ///     translated
    /// @param first how many came back before the first was found, and `firstSeconds` how long they were
    /// @param spoken utterances in which a person spoke, and `lost` how many of those would not be heard
    ///     in translation, or lack words of theirs
    record Result(
            Person person,
            int echoes,
            int back,
            int first,
            double firstSeconds,
            int spoken,
            int lost) {}

    private static final int PAUSE = Dbm0.samples(1.6);
    private static final int SHORTEST = Dbm0.samples(0.2);
    private static final int TURNS = 4;

    private final EchoLine line;
    private final EchoVoices voices;
    private final Person person;
    private final SplittableRandom random;
    private int echoes;
    private int back;
    private int first;
    private double firstSeconds;
    private boolean known;
    private int spoken;
    private int lost;

    private EchoTrial(EchoLine line, EchoVoices voices, Person person, long seed) {
        this.line = person.echoes() ? line : line.silent();
        this.voices = voices;
        this.person = person;
        random = new SplittableRandom(seed);
    }

    static Result run(EchoLine line, EchoVoices voices, Person person, long seed) {
        return new EchoTrial(line, voices, person, seed).run();
    }

    private Result run() {
        try (var leg = new EchoLeg(line, random.nextLong())) {
            int from = random.nextInt(voices.ours().size());
            for (int turn = 0; turn < TURNS; turn++) {
                int sentence = (from + turn) % voices.ours().size();
                // A person speaks when it is known that the telephone echoes, if it does.
                boolean speaks = person != Person.SILENT && !(line.echoes() && turn == 0);
                turn(
                        leg,
                        voices.ours().get(sentence),
                        speaks ? own(sentence) : new Said("", new double[0]));
            }
        }
        return new Result(person, echoes, back, first, firstSeconds, spoken, lost);
    }

    private Said own(int sentence) {
        if (person.repeats()) {
            return voices.same().get(sentence);
        }
        return new Said(voices.people(), voices.own().get(random.nextInt(voices.own().size())));
    }

    private void turn(EchoLeg leg, Said ours, Said own) {
        int begins =
                switch (person) {
                    case SILENT -> 0;
                    case ALONE, OVER -> Dbm0.samples(0.3 + 0.5 * random.nextDouble());
                    case REPEATS, REPEATS_BEHIND ->
                            ours.sound().length + Dbm0.samples(0.2 + 0.6 * random.nextDouble());
                    case BEHIND ->
                            ours.sound().length
                                    + Dbm0.samples(
                                            line.delayMillis() / 1000.0
                                                    + 0.1
                                                    + 0.2 * random.nextDouble());
                };
        int length = Math.max(ours.sound().length, begins + own.sound().length) + PAUSE;
        long start = leg.position();
        double[] said = EchoVoices.placed(own.sound(), begins, length);
        List<EchoLeg.Utterance> found = leg.run(ours.sound(), said);
        long echoStart = start + Dbm0.samples(line.delayMillis() / 1000.0);
        long echoEnd = echoStart + ours.sound().length;
        long ownStart = start + begins;
        long ownEnd = ownStart + own.sound().length;
        for (EchoLeg.Utterance each : found) {
            long ofOwn = each.within(ownStart, ownEnd);
            // What a recognizer would make of it: of two at once the louder.
            String before =
                    words(
                            ours.text(),
                            echoStart,
                            echoEnd,
                            each.start(),
                            Math.min(each.end(), ownStart));
            String mine = ofOwn < SHORTEST ? "" : own.text();
            String behind =
                    ofOwn < SHORTEST
                            ? words(ours.text(), echoStart, echoEnd, each.start(), each.end())
                            : words(ours.text(), echoStart, echoEnd, ownEnd, each.end());
            String echoed = line.echoes() ? before : "";
            if (!mine.isEmpty()) {
                String heard = String.join(" ", echoed, mine, line.echoes() ? behind : "").strip();
                spoken++;
                lost += kept(each, heard, ours.text()).contains(mine) ? 0 : 1;
            } else if (line.echoes()) {
                echo(each, kept(each, behind, ours.text()).isEmpty());
            }
        }
    }

    private void echo(EchoLeg.Utterance each, boolean dropped) {
        echoes++;
        back += dropped ? 0 : 1;
        known |= each.verdict() != EchoDetector.Verdict.NONE;
        if (!known) {
            first++;
            firstSeconds += (double) (each.end() - each.start()) / Dbm0.RATE;
        }
    }

    private String kept(EchoLeg.Utterance of, String heard, String sent) {
        return switch (of.verdict()) {
            case NONE -> heard;
            case ALONE -> "";
            case PARTLY -> {
                String own = EchoText.own(heard, sent, voices.language());
                yield own.isEmpty() && !of.lasting() ? heard : own;
            }
        };
    }

    /// Those of `text`, which sounds evenly from `start` to `end`, that sound from `from` to `to`.
    private static String words(String text, long start, long end, long from, long to) {
        String[] words = text.split(" ", -1);
        int first = place(words.length, start, end, from);
        int last = place(words.length, start, end, to);
        return first < last ? String.join(" ", Arrays.copyOfRange(words, first, last)) : "";
    }

    private static int place(int words, long start, long end, long at) {
        return Math.clamp(Math.round((double) words * (at - start) / (end - start)), 0, words);
    }

    /// What the comparison takes of a processor, in percent of a core, for a call of two legs in each of
    /// which our voice sounds a third of the time, and the person speaks half of it.
    ///
    /// @param over whether the person speaks all the time that our voice sounds
    static double percentOfACore(EchoLine line, EchoVoices voices, boolean over) {
        try (var leg = new EchoLeg(line, 3)) {
            for (int turn = 0; turn < 8; turn++) {
                double[] ours = voices.ours().get(turn % voices.ours().size()).sound();
                int length = 3 * ours.length;
                double[] said = new double[length];
                int at = over ? 0 : ours.length + Dbm0.samples(0.3);
                int until = at + length / 2;
                for (int piece = turn; at < until; piece++) {
                    double[] own = voices.own().get(piece % voices.own().size());
                    System.arraycopy(own, 0, said, at, Math.min(own.length, until - at));
                    at += own.length;
                }
                leg.run(ours, said);
            }
            List<EchoLeg.Step> steps = leg.steps();
            replay(steps, 30);
            long cpu = replay(steps, 20);
            double seconds = (double) leg.position() / Dbm0.RATE * 20;
            return 2 * 100 * cpu / 1e9 / seconds;
        }
    }

    private static long replay(List<EchoLeg.Step> steps, int times) {
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            var detector = new EchoDetector();
            steps.forEach(step -> step.into(detector));
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
    }
}
