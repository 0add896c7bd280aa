package io.sandalphone.harness.soak;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.pairs.EveryPairLab;
import io.sandalphone.harness.pairs.EveryPairLab.Two;
import io.sandalphone.harness.pairs.Pair;
import io.sandalphone.harness.pairs.PairPhone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.harness.vendors.Vendor;
import io.sandalphone.harness.vendors.VendorOptions.Language;
import io.sandalphone.harness.vendors.VendorOptions.Times;
import io.sandalphone.harness.vendors.VendorsProcess;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Calls of every pair through one gateway for a long time, with a fault of a provider in each round, and the gateway killed in some
/// of the first half. Rounds follow one another; in each
///
/// 1. one call of every pair is made, and both people say a word that the other hears translated;
/// 2. a provider fails while they go on talking, or the gateway is killed and started anew;
/// 3. after a fault both are translated again;
/// 4. they hang up, nobody is left, and what the gateway and Asterisk take is measured.
///
/// The gateway is killed in the first half only: the second half, which is judged, is of one process.
///
/// Used from one thread.
public final class Soak {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FAULT = Duration.ofSeconds(4);

    /// How often a word is said until it is translated: what a fault struck is not said again by anybody else.
    private static final int MOST_SAID = 10;

    private static final Duration TRANSLATED = Duration.ofSeconds(4);

    /// So much of what is wrong is shown.
    private static final int SHOWN = 400;

    private static final ToneSpeech WORD = ToneSpeech.USUAL.withWord(Duration.ofMillis(400));
    private static final ToneWord SAID = ToneWord.W3;
    private static final ToneWord ANSWERED = ToneWord.V5;

    /// How long the fakes of the vendors remember every session.
    private static final int ROUNDS_OF_FAKES = 60;

    /// How many rounds lie between two kills.
    private static final int ROUNDS_BETWEEN_KILLS = 5;

    private static final List<Vendor> VENDORS = List.of(Vendor.values());

    /// The faults of each provider that strike, one in each round.
    private static final Map<Vendor, Set<Fault>> FAULTS =
            Map.of(
                    Vendor.ASSEMBLYAI,
                    EnumSet.of(Fault.SERVER_ERROR, Fault.STALL, Fault.CUT, Fault.GARBAGE),
                    Vendor.GOOGLE,
                    EnumSet.of(
                            Fault.SERVER_ERROR,
                            Fault.RATE_LIMITED,
                            Fault.STALL,
                            Fault.HALF_CLOSE,
                            Fault.CUT,
                            Fault.GARBAGE),
                    Vendor.POLLY,
                    EnumSet.of(
                            Fault.SERVER_ERROR,
                            Fault.THROTTLED,
                            Fault.STALL,
                            Fault.HALF_CLOSE,
                            Fault.CUT,
                            Fault.GARBAGE));

    private final Duration length;
    private final Random chance;
    private final boolean kills;
    private final Series series = new Series();
    private final List<String> wrong = new ArrayList<>();

    /// What is wrong, and what was measured.
    ///
    /// @param rounds how many rounds there were
    /// @param calls how many calls
    /// @param kills how many times the gateway was killed
    public record Result(int rounds, int calls, int kills, Series series, List<String> wrong) {
        public Result {
            wrong = List.copyOf(wrong);
        }

        /// Whether every call was as it must be, and nothing grows.
        public boolean holds() {
            return wrong.isEmpty() && series.growing().isEmpty();
        }
    }

    /// For `length`, with all chance from `seed`.
    public Soak(Duration length, long seed, boolean kills) {
        this.length = length;
        this.kills = kills;
        chance = new Random(seed);
    }

    /// Does it beside `host`, and tells `told` of each round, a line each, and of what is wrong in it. After such a round what the gateway
    /// has logged since it started is in `logs`, a file for each.
    public Result run(
            AsteriskHost host, ControllerProgram program, Consumer<String> told, Path logs)
            throws Exception {
        Path folder = RunFolder.create("soak");
        ExecutorService people = Executors.newCachedThreadPool(daemons());
        VendorsProcess vendors = vendors(host);
        try (EveryPairLab lab = EveryPairLab.open(host, settings(vendors, folder), with(program))) {
            warmUp(lab);
            long begun = System.nanoTime();
            int round = 0;
            int calls = 0;
            int killed = 0;
            while (since(begun).compareTo(length) < 0) {
                round++;
                int rightUntil = wrong.size();
                if (round % ROUNDS_OF_FAKES == 0) {
                    vendors.close();
                    vendors = vendors(host);
                }
                boolean kill =
                        kills
                                && round % ROUNDS_BETWEEN_KILLS == 2
                                && since(begun).multipliedBy(2).compareTo(length) < 0;
                List<Two> all = joinAll(people, lab, round);
                calls += all.size();
                talkAll(people, all, round);
                String event;
                if (kill) {
                    killed++;
                    event = kill(lab);
                } else {
                    event = fault(people, all, vendors, round);
                }
                hangUpAll(lab, all, round);
                Map<Measure, Double> taken = Taking.of(lab.gateway(), host);
                series.add(since(begun), taken);
                told.accept(line(since(begun), all.size(), event, taken));
                if (wrong.size() > rightUntil) {
                    wrong.subList(rightUntil, wrong.size()).forEach(told);
                    Files.createDirectories(logs);
                    Files.writeString(
                            logs.resolve("round-%d.log".formatted(round)), lab.gateway().log());
                }
            }
            return new Result(round, calls, killed, series, wrong);
        } finally {
            people.shutdownNow();
            vendors.close();
            RunFolder.delete(folder);
        }
    }

    private static ThreadFactory daemons() {
        return Thread.ofPlatform().name("people-", 0).daemon().factory();
    }

    private static VendorsProcess vendors(AsteriskHost host) {
        return VendorsProcess.start(host.vps(), Language.TONES, Times.INSTANT);
    }

    private static ControllerSettings settings(VendorsProcess vendors, Path folder) {
        return ControllerSettings.cloud(vendors.settings())
                .hearingTones()
                // Faults are over within seconds here, and so is what they leave.
                .resilience("{breaker: {open-for: 1s}}")
                // What is known by heart is spoken whatever fails at Polly.
                .engine("polly", "cache", "{mebibytes: 0}")
                .with("costs: {ledger: %s}".formatted(folder.resolve("ledger")));
    }

    private static ControllerProgram with(ControllerProgram program) {
        List<String> java =
                Stream.concat(Stream.of(Taking.NATIVE_OPTION), program.java().stream()).toList();
        return new ControllerProgram(program.before(), java, program.folder());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /// The first call finds code that has never run.
    private static void warmUp(EveryPairLab lab) {
        Two two = lab.join(Pair.SIP_SIP, PATIENCE);
        talk(two);
        two.hangUp();
        lab.awaitNobodyLeft(PATIENCE);
    }

    /// One call of every pair in which both are translated. What does not come about is noted.
    private List<Two> joinAll(ExecutorService people, EveryPairLab lab, int round)
            throws InterruptedException {
        List<Callable<Two>> tasks = new ArrayList<>();
        for (Pair pair : Pair.values()) {
            tasks.add(() -> lab.join(pair, PATIENCE));
        }
        List<Two> joined = new ArrayList<>();
        for (Future<Two> each : people.invokeAll(tasks)) {
            try {
                joined.add(each.get());
            } catch (ExecutionException e) {
                note(round, Objects.requireNonNullElse(e.getCause(), e));
            }
        }
        return joined;
    }

    private void note(int round, Throwable what) {
        String text = String.valueOf(what.getMessage());
        wrong.add(
                "round %d: %s".formatted(round, text.substring(0, Math.min(text.length(), SHOWN))));
    }

    /// In all calls at once both say a word until it is translated.
    private void talkAll(ExecutorService people, List<Two> all, int round)
            throws InterruptedException {
        List<Callable<Two>> tasks = new ArrayList<>();
        for (Two two : all) {
            tasks.add(
                    () -> {
                        talk(two);
                        return two;
                    });
        }
        for (Future<Two> each : people.invokeAll(tasks)) {
            try {
                each.get();
            } catch (ExecutionException e) {
                note(round, Objects.requireNonNullElse(e.getCause(), e));
            }
        }
    }

    /// Each says a word until the other one has heard it translated.
    private static void talk(Two two) {
        sayUntilTranslated(two, two.caller(), two.destination(), SAID);
        sayUntilTranslated(two, two.destination(), two.caller(), ANSWERED);
    }

    private static void sayUntilTranslated(
            Two two, PairPhone speaker, PairPhone listener, ToneWord word) {
        for (int said = 1; ; said++) {
            long since = System.nanoTime();
            speaker.say(WORD.render(word));
            try {
                Poll.until(
                        TRANSLATED,
                        Poll.seldom(
                                () ->
                                        listener.tones(since).loudest(word.translated())
                                                > ToneDetector.AUDIBLE),
                        () ->
                                "%s: %s is translated; there was %s"
                                        .formatted(
                                                two.pair(), word, listener.tones(since).heard()));
                return;
            } catch (AssertionError e) {
                if (said == MOST_SAID) {
                    throw e;
                }
            }
        }
    }

    /// A provider fails while people talk, and recovers; gives what failed.
    private String fault(ExecutorService people, List<Two> all, VendorsProcess vendors, int round)
            throws InterruptedException {
        Vendor vendor = VENDORS.get(chance.nextInt(VENDORS.size()));
        List<Fault> faults = List.copyOf(FAULTS.getOrDefault(vendor, Set.of()));
        Fault fault = faults.get(chance.nextInt(faults.size()));
        vendors.inject(vendor, fault);
        for (Two two : all) {
            two.caller().say(WORD.render(SAID, SAID, SAID));
            two.destination().say(WORD.render(ANSWERED, ANSWERED));
        }
        long until = System.nanoTime() + FAULT.toNanos();
        Poll.until(PATIENCE, () -> System.nanoTime() >= until, "the fault lasts");
        vendors.recover(vendor);
        talkAll(people, all, round);
        return "%s %s".formatted(vendor, fault).toLowerCase(Locale.ROOT);
    }

    private static String kill(EveryPairLab lab) {
        lab.gateway().kill();
        lab.gateway().restart();
        return "killed";
    }

    private void hangUpAll(EveryPairLab lab, List<Two> all, int round) {
        all.forEach(Two::hangUp);
        try {
            lab.awaitNobodyLeft(PATIENCE);
        } catch (AssertionError e) {
            note(round, e);
        }
        lab.forgetEnded();
    }

    private static String line(Duration at, int calls, String event, Map<Measure, Double> taken) {
        var text =
                new StringBuilder("%5d s, %d calls, %-22s".formatted(at.toSeconds(), calls, event));
        taken.forEach(
                (measure, value) -> text.append("  %s %s".formatted(measure, measure.text(value))));
        return text.toString();
    }
}
