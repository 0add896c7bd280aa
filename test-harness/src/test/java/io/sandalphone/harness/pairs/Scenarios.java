package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The scenarios of calls while the gateway is well.
final class Scenarios {
    /// Longer than anything takes that goes well.
    static final Duration SOON = Duration.ofSeconds(20);

    /// How long each word of a translation is sung.
    static final int WORD_MILLIS = 600;

    /// What fails at the engines, at words that no other scenario has.
    static final String FAULTS =
            """
            whh translator-throws
            vgg synthesizer-throws
            wff transcriber-dies
            """;

    /// Within which the other one is released.
    static final Duration RELEASE = Duration.ofSeconds(1);

    /// What a machine on which much else goes on may take longer without being wrong.
    static final Duration BUSY = Duration.ofSeconds(2);

    // Long enough for some of it to arrive whole on any machine.
    private static final ToneSpeech SLOW = ToneSpeech.USUAL.withWord(Duration.ofMillis(600));

    private static final double FULL = ToneSpeech.USUAL.level();
    private static final double TOLERANCE = 1.5;

    private Scenarios() {}

    /// About what is heard. They go on side by side.
    static final List<Scenario> HEARD =
            List.of(
                    Scenario.of("nothing reaches the wrong ear", Scenarios::privacy),
                    Scenario.of("ducked under a translation", Scenarios::ducking),
                    Scenario.of("loudness of a translation", Scenarios::loudness),
                    new Scenario(
                            "a listener commands by keys",
                            // A browser has none.
                            pair -> pair.destination() != Kind.BROWSER,
                            Scenarios::keys),
                    Scenario.of("exactly once and in order", Scenarios::order));

    /// About engines and people who end. They go on side by side.
    static final List<Scenario> ENDS =
            List.of(
                    Scenario.of("engines fail: heard, not ducked", Scenarios::failOpen),
                    Scenario.of("caller hangs up", hangUp(JoinedPair::caller, 0)),
                    Scenario.of("destination hangs up", hangUp(JoinedPair::destination, 0)));

    /// About carriers: what they find wrong with all calls until now, and what becomes of people when they fail.
    /// One after the other: they would strike each other's calls.
    static final List<Scenario> REST =
            List.of(
                    new Scenario(
                            "carriers find nothing wrong",
                            // Asterisk and browsers keep no list of what is wrong with a call.
                            pair -> pair.caller().hasRest() || pair.destination().hasRest(),
                            (lab, _) -> {
                                assertEquals(List.of(), lab.problems());
                                return "ok";
                            }),
                    new Scenario(
                            "caller hangs up, two 5xx",
                            // Nothing is asked of the destination's carrier by REST.
                            pair -> pair.destination().hasRest(),
                            hangUp(JoinedPair::caller, 2)),
                    new Scenario(
                            "destination hangs up, two 5xx",
                            // Nothing is asked of the caller's carrier by REST.
                            pair -> pair.caller().hasRest(),
                            hangUp(JoinedPair::destination, 2)));

    /// A call that a gateway has which was started just now: what it has to load costs no sound of others.
    static void warmUp(PairLab lab) {
        try (JoinedPair call = join(lab, 1)) {
            call.caller().repeat(SLOW.render(ToneWord.W1));
            call.destination().repeat(SLOW.render(ToneWord.V3));
            awaitHeard(call.destination(), call.sinceNanos(), ToneWord.V1);
            awaitHeard(call.caller(), call.sinceNanos(), ToneWord.W3);
        }
        lab.awaitNobodyLeft(SOON);
    }

    private static JoinedPair join(PairLab lab, int line) {
        return lab.join(line, SOON);
    }

    private static String privacy(PairLab lab, int line) {
        try (JoinedPair call = join(lab, line)) {
            // At the same time, so that whatever mixes up the two is found out.
            call.caller().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
            call.destination().say(ToneSpeech.USUAL.render(ToneWord.V5, ToneWord.V7));
            awaitHeard(call.destination(), call.sinceNanos(), ToneWord.V3);
            awaitHeard(call.caller(), call.sinceNanos(), ToneWord.W7);
            // Long enough for what comes back by mistake to be understood.
            call.listen(Duration.ofSeconds(2));
            double atCaller =
                    loudest(call.caller(), ToneWord.W1, ToneWord.W3, ToneWord.V1, ToneWord.V3);
            double atDestination =
                    loudest(call.destination(), ToneWord.V5, ToneWord.V7, ToneWord.W5, ToneWord.W7);
            assertTrue(
                    Math.max(atCaller, atDestination) < ToneDetector.LEAK_BOUND,
                    () ->
                            "of the other's: %.1f dBov at the caller, %.1f at the destination"
                                    .formatted(atCaller, atDestination));
            assertEquals(
                    List.of(),
                    call.recognised().stream()
                            .flatMap(said -> ToneWord.parse(said).orElseThrow().stream())
                            .filter(
                                    word ->
                                            !List.of(
                                                            ToneWord.W1,
                                                            ToneWord.W3,
                                                            ToneWord.V5,
                                                            ToneWord.V7)
                                                    .contains(word))
                            .toList(),
                    "what the recognizers understood and nobody said");
            return "%.0f dBov".formatted(Math.max(atCaller, atDestination));
        }
    }

    /// How loud the loudest of these was, since the telephone was connected.
    private static double loudest(PairPhone listener, ToneWord... words) {
        var tones = ToneDetector.listen(listener.heard().pcm());
        double loudest = Double.NEGATIVE_INFINITY;
        for (ToneWord word : words) {
            loudest = Math.max(loudest, tones.loudest(word));
        }
        return loudest;
    }

    private static String ducking(PairLab lab, int line) {
        try (JoinedPair call = join(lab, line)) {
            PairPhone caller = call.caller();
            caller.say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2, ToneWord.W4));
            // The caller goes on while they are translated, and after it.
            caller.say(new short[8 * 700]);
            var goingOn = Duration.ofSeconds(5);
            long ends =
                    caller.say(ToneSpeech.USUAL.withWord(goingOn).render(ToneWord.W6))
                            + goingOn.toNanos();
            awaitHeard(call.destination(), call.sinceNanos(), ToneWord.V4);
            call.destination().awaitHeardUntil(ends, SOON);
            ToneDetector tones = call.destination().tones(call.sinceNanos());
            HeardTone voice = longest(tones, ToneWord.W6);
            long begins = tones.heard(ToneWord.V1).getFirst().startMillis();
            long over = tones.heard(ToneWord.V4).getLast().endMillis();
            double under =
                    tones.loudest(
                            ToneWord.W6,
                            Math.max(begins + 150, voice.startMillis() + 60),
                            over - 100);
            double after = tones.loudest(ToneWord.W6, over + 300, voice.endMillis() - 60);
            assertEquals(FULL - 12, under, TOLERANCE, () -> "under it, of " + tones.heard());
            assertEquals(FULL, after, TOLERANCE, () -> "after it, of " + tones.heard());
            return "%.1f, %+.1f dB".formatted(under - FULL, after - FULL);
        }
    }

    private static HeardTone longest(ToneDetector tones, ToneWord word) {
        return tones.heard(word).stream()
                .max((one, other) -> Long.compare(one.millis(), other.millis()))
                .orElseThrow(() -> new AssertionError(word + " among " + tones.heard()));
    }

    private static String loudness(PairLab lab, int line) {
        try (JoinedPair call = join(lab, line)) {
            call.caller().say(SLOW.render(ToneWord.W1));
            awaitHeard(call.destination(), call.sinceNanos(), ToneWord.V1);
            call.destination().say(SLOW.render(ToneWord.V3));
            awaitHeard(call.caller(), call.sinceNanos(), ToneWord.W3);
            call.listen(Duration.ofMillis(WORD_MILLIS));
            double there = above(call.destination(), ToneWord.W1);
            double back = above(call.caller(), ToneWord.V3);
            assertEquals(0, there, 3, "dB over the caller's voice");
            assertEquals(0, back, 3, "dB over the destination's voice");
            return "%+.1f, %+.1f dB".formatted(there, back);
        }
    }

    /// By how many dB the translation of `said` was louder than the voice that said it.
    private static double above(PairPhone listener, ToneWord said) {
        var tones = ToneDetector.listen(listener.heard().pcm());
        return tones.loudest(said.translated()) - tones.loudest(said);
    }

    /// Whether the other one hears the keys is the carrier's doing where one joins the two.
    private static String keys(PairLab lab, int line) {
        try (JoinedPair call = join(lab, line)) {
            PairPhone listener = call.destination();
            command(call, "*1");
            call.caller().say(SLOW.render(ToneWord.W1));
            awaitHeardInFull(listener, call.sinceNanos(), ToneWord.W1);
            call.listen(Duration.ofSeconds(2));
            double paused = listener.tones(call.sinceNanos()).loudest(ToneWord.V1);
            assertTrue(paused < ToneDetector.AUDIBLE, () -> "paused, heard at " + paused);

            command(call, "*1");
            call.caller().say(SLOW.render(ToneWord.W3));
            awaitHeard(listener, call.sinceNanos(), ToneWord.V3);
            call.listen(Duration.ofMillis(2 * WORD_MILLIS));

            long again = System.nanoTime();
            command(call, "*7");
            awaitHeard(listener, again, ToneWord.V3);
            call.listen(Duration.ofMillis(2 * WORD_MILLIS));

            command(call, "*2*2");
            call.caller().say(SLOW.render(ToneWord.W5));
            awaitHeard(listener, call.sinceNanos(), ToneWord.V5);
            call.listen(Duration.ofMillis(WORD_MILLIS));
            double softer = above(listener, ToneWord.W5) - above(listener, ToneWord.W3);
            assertEquals(-6, softer, 2, "dB after two steps");
            return "%+.1f dB, %s"
                    .formatted(softer, call.caller().keys().isEmpty() ? "unheard" : "heard");
        }
    }

    private static void command(JoinedPair call, String keys) {
        keys.chars().forEach(key -> call.destination().press((char) key));
        call.listen(Duration.ofMillis(400L * keys.length()));
    }

    private static String order(PairLab lab, int line) {
        try (JoinedPair call = join(lab, line)) {
            List<ToneWord> there =
                    List.of(ToneWord.W1, ToneWord.W2, ToneWord.W3, ToneWord.W4, ToneWord.W5);
            List<ToneWord> back = List.of(ToneWord.V5, ToneWord.V3, ToneWord.V1);
            for (ToneWord word : there) {
                call.caller().say(ToneSpeech.USUAL.render(word));
                call.caller().say(new short[8 * (word == ToneWord.W3 ? 800 : 300)]);
            }
            for (ToneWord word : back) {
                call.destination().say(ToneSpeech.USUAL.render(word));
                call.destination().say(new short[8 * 500]);
            }
            awaitHeard(call.destination(), call.sinceNanos(), there.getLast().translated());
            awaitHeard(call.caller(), call.sinceNanos(), back.getLast().translated());
            call.listen(Duration.ofMillis(2 * WORD_MILLIS));
            assertOnce(call.destination(), call.sinceNanos(), there);
            assertOnce(call.caller(), call.sinceNanos(), back);
            return "%d and %d".formatted(there.size(), back.size());
        }
    }

    /// The translations of `said` were heard in this order, and each for as long as it is sung once.
    private static void assertOnce(PairPhone listener, long sinceNanos, List<ToneWord> said) {
        List<ToneWord> translations = said.stream().map(ToneWord::translated).toList();
        ToneDetector tones = listener.tones(sinceNanos);
        List<ToneWord> order = new ArrayList<>();
        for (ToneWord word : tones.words()) {
            // What a busy machine let out of the middle of a word does not make it two.
            if (translations.contains(word) && (order.isEmpty() || order.getLast() != word)) {
                order.add(word);
            }
        }
        assertEquals(translations, order, () -> "of " + tones.heard());
        for (ToneWord word : translations) {
            long sung = tones.heard(word).stream().mapToLong(HeardTone::millis).sum();
            assertTrue(sung < WORD_MILLIS * 3 / 2, () -> word + " twice: " + tones.heard());
        }
    }

    private static String failOpen(PairLab lab, int line) {
        try (JoinedPair call = join(lab, line)) {
            for (ToneWord word : List.of(ToneWord.W8, ToneWord.W7, ToneWord.W6)) {
                call.caller().say(SLOW.render(word));
                call.caller().say(new short[8 * 600]);
            }
            awaitHeardInFull(call.destination(), call.sinceNanos(), ToneWord.W6);
            awaitHeardInFull(call.destination(), call.sinceNanos(), ToneWord.W8);
            awaitHeardInFull(call.destination(), call.sinceNanos(), ToneWord.W7);
            long failed = System.nanoTime();
            call.listen(Duration.ofMillis(2 * WORD_MILLIS));
            bothHear(call.caller(), call.destination(), failed, ToneWord.W2, ToneWord.V4);
            ToneDetector tones = call.destination().tones(call.sinceNanos());
            for (ToneWord word : List.of(ToneWord.V6, ToneWord.V7, ToneWord.V8)) {
                assertTrue(
                        tones.loudest(word) < ToneDetector.AUDIBLE,
                        () -> word + " is not translated: " + tones.heard());
            }
            return "ok";
        }
    }

    private static Scenario.Course hangUp(Function<JoinedPair, PairPhone> leaving, int failures) {
        return (lab, line) -> {
            try (JoinedPair call = join(lab, line)) {
                PairPhone leaver = leaving.apply(call);
                PairPhone left = leaver.equals(call.caller()) ? call.destination() : call.caller();
                if (failures > 0) {
                    lab.failRest(failures);
                }
                long hungUp = System.nanoTime();
                leaver.hangUp();
                long released = left.awaitEnded(SOON);
                assertEquals(List.of(), roomsOf(left), "nobody is led into a room");
                return within(RELEASE, hungUp, released, "the other one is released");
            }
        };
    }

    static List<String> roomsOf(PairPhone phone) {
        return phone instanceof CarrierPhones.Side side
                ? side.rooms().stream().map(Object::toString).toList()
                : List.of();
    }

    /// How long it took, for the table; an exclamation mark where a busy machine took longer than `limit`.
    static String within(Duration limit, long fromNanos, long toNanos, String what) {
        Duration took = Duration.ofNanos(toNanos - fromNanos);
        assertTrue(took.compareTo(limit.plus(BUSY)) <= 0, () -> what + " after " + took);
        return took.toMillis() + " ms" + (took.compareTo(limit) > 0 ? " !" : "");
    }

    /// Waits until `word` has been heard.
    static void awaitHeard(PairPhone listener, long sinceNanos, ToneWord word) {
        Poll.until(
                SOON,
                () -> listener.tones(sinceNanos).loudest(word) > ToneDetector.AUDIBLE,
                () ->
                        "%s is heard; there was %s%n%s"
                                .formatted(
                                        word,
                                        listener.tones(sinceNanos).heard(),
                                        listener.history()));
    }

    private static void awaitHeardInFull(PairPhone listener, long sinceNanos, ToneWord word) {
        Poll.until(
                SOON,
                () -> Math.abs(listener.tones(sinceNanos).loudest(word) - FULL) < TOLERANCE,
                () ->
                        "%s is heard in full; there was %s%n%s"
                                .formatted(
                                        word,
                                        listener.tones(sinceNanos).heard(),
                                        listener.history()));
    }

    /// Each says a word, which the other hears at its full level.
    static void bothHear(
            PairPhone one, PairPhone other, long sinceNanos, ToneWord fromOne, ToneWord fromOther) {
        one.say(SLOW.render(fromOne));
        other.say(SLOW.render(fromOther));
        awaitHeardInFull(other, sinceNanos, fromOne);
        awaitHeardInFull(one, sinceNanos, fromOther);
    }

    /// For how long something is heard that is no noise, in ms.
    static int loudMillis(short[] pcm) {
        int millis = 0;
        for (int start = 0; start + 160 <= pcm.length; start += 160) {
            int peak = 0;
            for (int i = start; i < start + 160; i++) {
                peak = Math.max(peak, Math.abs(pcm[i]));
            }
            millis += peak > 1000 ? 20 : 0;
        }
        return millis;
    }
}
