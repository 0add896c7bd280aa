package io.sandalphone.harness.simulate;

import io.sandalphone.harness.carrier.CallStatus;
import io.sandalphone.harness.carrier.Happening;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.PhoneRecording;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.sandalphone.harness.carrier.StreamReport;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.measure.Wav;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One call at a simulated carrier, told line by line while it goes on, and what was heard of it.
final class SimulatedRun {
    private static final Duration CONNECTING = Duration.ofSeconds(60);
    private static final Duration RELEASING = Duration.ofSeconds(5);
    private static final int RATE = 8000;
    // What `Levels` gives for no sound at all is below it.
    private static final double SILENCE = -90;

    private final SimulatedCarrier carrier;
    private final PrintStream out;
    private final long begun = System.nanoTime();

    /// @param number the number that is called, with where it is announced
    /// @param caller who calls
    /// @param saying what they say, at 8 kHz, once somebody is there to hear it: one of `answering`, or
    ///     where there are none, the gateway's stream
    /// @param answering the telephones that may be called
    /// @param stay how long the caller stays on the line once all is said
    /// @param folder where the recordings go
    // An array, because sound is primitives; nobody compares plans by value.
    @SuppressWarnings("ArrayRecordComponent")
    record Plan(
            IncomingNumber number,
            Phone caller,
            short[] saying,
            List<Phone> answering,
            Duration stay,
            Path folder) {}

    SimulatedRun(SimulatedCarrier carrier, PrintStream out) {
        this.carrier = carrier;
        this.out = out;
        carrier.journal().read(this::tell);
    }

    private void tell(Happening happening) {
        out.printf(
                Locale.ROOT,
                "%8.3f s  %s%n",
                (happening.nanos() - begun) / 1e9,
                happening.toString());
    }

    /// Makes the call. Returns whether it was connected, everything went as the carrier wants it, and
    /// nothing was left behind.
    boolean make(Plan plan) throws IOException {
        carrier.number(plan.number());
        SimulatedCall call = carrier.call(plan.caller(), plan.number().number());
        boolean connected = connected(call);
        if (connected) {
            awaitListener(call, plan.answering());
            plan.caller().say(plan.saying());
            Duration saying = Duration.ofMillis(plan.saying().length * 1000L / RATE);
            awaitEnd(call, saying.plus(plan.stay()));
        }
        plan.caller().hangUp();
        boolean released = released();
        Files.createDirectories(plan.folder());
        report("caller", plan.caller(), plan.folder());
        for (Phone phone : plan.answering()) {
            report(phone.number(), phone, plan.folder());
        }
        carrier.calls().forEach(this::report);
        List<Happening> problems = carrier.journal().problems();
        problems.forEach(problem -> out.println("problem: " + problem));
        if (!connected) {
            out.println("problem: the call was not connected");
        }
        return connected && released && problems.isEmpty();
    }

    private boolean connected(SimulatedCall call) {
        carrier.journal()
                .await(
                        CONNECTING,
                        each ->
                                each.what() == What.STATUS
                                        && each.call().equals(call.id())
                                        && !each.detail().equals("ringing"),
                        "an answer");
        return call.status() == CallStatus.IN_PROGRESS;
    }

    /// Returns when somebody can hear the caller, when nobody can any more, or when it takes too long.
    private void awaitListener(SimulatedCall call, List<Phone> answering) {
        long end = System.nanoTime() + CONNECTING.toNanos();
        Poll.until(
                CONNECTING.plusSeconds(10),
                () ->
                        System.nanoTime() > end
                                || call.status().ended()
                                || listening(call, answering),
                "somebody to listen");
    }

    private static boolean listening(SimulatedCall call, List<Phone> answering) {
        return streaming(call)
                && (answering.isEmpty()
                        || answering.stream()
                                .flatMap(phone -> phone.call().stream())
                                .anyMatch(SimulatedRun::streaming));
    }

    private static boolean streaming(SimulatedCall call) {
        return call.streams().stream().anyMatch(each -> each.mediaSent() > 0);
    }

    private void awaitEnd(SimulatedCall call, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        Poll.until(
                most.plusSeconds(10),
                () -> System.nanoTime() > end || call.status().ended(),
                "the end of the call");
    }

    /// Whether all calls end by themselves soon after the caller hung up. What is told of their ends is answered by
    /// then, or has had its time.
    private boolean released() {
        long end = System.nanoTime() + RELEASING.toNanos();
        Poll.until(
                RELEASING.plusSeconds(10),
                () ->
                        System.nanoTime() > end
                                || (carrier.liveCalls().isEmpty()
                                        && carrier.pendingCallbacks() == 0),
                "the end of all calls");
        List<SimulatedCall> left = carrier.liveCalls();
        left.forEach(
                call ->
                        out.println(
                                "problem: left behind, "
                                        + call.identity().direction()
                                        + " "
                                        + call.status().text()
                                        + call.room().map(room -> ", in room " + room).orElse("")));
        return left.isEmpty();
    }

    private void report(String name, Phone phone, Path folder) throws IOException {
        Optional<PhoneRecording> last = phone.recordings().stream().reduce((_, next) -> next);
        if (last.isEmpty()) {
            out.println(name + " was not connected");
            return;
        }
        short[] heard = last.get().heard().pcm();
        Path file = folder.resolve(name.replaceAll("[^A-Za-z0-9]", "") + ".wav");
        new Wav(heard, RATE).write(file);
        double level = Levels.activeSpeech(heard, RATE);
        out.printf(
                Locale.ROOT,
                "%s heard %.1f s, %s: %s%n",
                name,
                heard.length / (double) RATE,
                level <= SILENCE
                        ? "all of it silence"
                        : String.format(Locale.ROOT, "%.1f dBov where it was not silent", level),
                file);
    }

    private void report(SimulatedCall call) {
        for (StreamReport stream : call.streams()) {
            out.printf(
                    "stream of the %s call: %d messages of sound sent, %d received, at most %d ms"
                            + " waiting, %d marks, %d times emptied%n",
                    call.identity().direction(),
                    stream.mediaSent(),
                    stream.mediaReceived(),
                    stream.mostBufferedMillis(),
                    stream.marksReceived().size(),
                    stream.clears());
        }
    }
}
