package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.vendors.VendorsProcess;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Lets one fault after the other strike three calls at once, one in each [FaultTiming]. Two of the calls
/// live on from fault to fault; the one that is set up while a fault lasts ends after it.
///
/// Used from one thread.
final class ChaosRun {
    /// The middle of the first word.
    private static final Duration INTO_THE_UTTERANCE = Duration.ofMillis(60);

    /// How often a word is said until it is translated before a fault strikes.
    private static final int MOST_SAID = 3;

    private final CallLab lab;
    private final VendorsProcess vendors;
    private final Map<FaultTiming, JoinedCall> lasting = new EnumMap<>(FaultTiming.class);
    private @Nullable JoinedCall passing;

    ChaosRun(CallLab lab, VendorsProcess vendors) {
        this.lab = lab;
        this.vendors = vendors;
    }

    /// By moment, what came of it.
    Map<FaultTiming, Outcome> strike(Chaos chaos) throws IOException, InterruptedException {
        try {
            return outcomes(chaos);
        } catch (RuntimeException | AssertionError e) {
            // The next fault meets calls that know nothing of this one.
            vendors.recover(chaos.vendor());
            endAll();
            throw e;
        }
    }

    private Map<FaultTiming, Outcome> outcomes(Chaos chaos)
            throws IOException, InterruptedException {
        var during = new StruckCall(lasting(FaultTiming.DURING), FaultTiming.DURING, chaos);
        var between = new StruckCall(lasting(FaultTiming.BETWEEN), FaultTiming.BETWEEN, chaos);
        double opened = count(chaos, "opened");
        double closed = count(chaos, "closed");

        during.lead();
        long utterance = during.speak();
        Poll.until(
                SOON,
                () -> System.nanoTime() - utterance >= INTO_THE_UTTERANCE.toNanos(),
                "the caller is in mid-utterance");
        long struck = System.nanoTime();
        vendors.inject(chaos.vendor(), chaos.fault());
        between.speak();
        passing = lab.join(ONE_WAY);
        var before = new StruckCall(passing, FaultTiming.BEFORE, chaos);
        before.speak();
        List<StruckCall> calls = List.of(between, during, before);
        calls.forEach(call -> call.struck(struck));
        calls.forEach(StruckCall::awaitFate);

        boolean opens = count(chaos, "opened") > opened;
        long recovered = System.nanoTime();
        vendors.recover(chaos.vendor());
        calls.forEach(call -> call.recovered(recovered));
        calls.forEach(StruckCall::awaitVoiced);
        calls.forEach(StruckCall::hush);
        if (chaos.backUnasked()) {
            calls.stream()
                    .filter(call -> call.effect() == ExpectedEffect.LOST)
                    .forEach(StruckCall::awaitBack);
        }
        between.sayAgain();
        // While a breaker lets one trial through it refuses everybody else.
        Poll.until(
                SOON,
                () -> state(chaos) == 0 && (!opens || count(chaos, "closed") > closed),
                () -> "the breaker closes; its state is " + state(chaos));
        during.sayAgain();
        before.sayAgain();
        calls.forEach(StruckCall::awaitAgain);

        Map<FaultTiming, Outcome> outcomes = new EnumMap<>(FaultTiming.class);
        for (StruckCall call : calls) {
            Outcome outcome = Outcome.of(call);
            if (opens != chaos.opens()) {
                outcome = Outcome.failed(new AssertionError("the breaker opens: " + opens));
            }
            outcomes.put(call.moment(), outcome);
        }
        end(passing);
        passing = null;
        return outcomes;
    }

    /// A call in which something was translated already.
    private JoinedCall lasting(FaultTiming moment) throws IOException, InterruptedException {
        JoinedCall living = lasting.get(moment);
        if (living != null && living.caller().isUp() && living.destination().isUp()) {
            return living;
        }
        JoinedCall call = lab.join(ONE_WAY);
        lasting.put(moment, call);
        for (int said = 1; ; said++) {
            call.caller().media().say(StruckCall.QUICK.render(StruckCall.AGAIN));
            try {
                call.awaitSpoken(StruckCall.AGAIN);
                return call;
            } catch (AssertionError e) {
                // On a busy machine clients of so little patience may give up what a controller
                // that
                // has only just started hears first.
                if (said == MOST_SAID) {
                    throw e;
                }
            }
        }
    }

    private double count(Chaos chaos, String what) {
        return metric(chaos, what + "_total");
    }

    /// 0 closed, 1 half open, 2 open.
    private double state(Chaos chaos) {
        return metric(chaos, "state");
    }

    private double metric(Chaos chaos, String what) {
        return lab.controller()
                .metric(
                        "sandalphone_resilience_breaker_%s{capability=\"%s\",provider=\"%s\"}"
                                .formatted(what, chaos.capability(), chaos.vendor().engine()));
    }

    private static void end(JoinedCall call) throws InterruptedException {
        call.caller().hangUp();
        call.destination().awaitEnded(SOON);
        call.events().close();
    }

    /// Ends all calls; returns when nothing of them is left.
    void endAll() throws InterruptedException {
        for (JoinedCall call : lasting.values()) {
            end(call);
        }
        lasting.clear();
        if (passing != null) {
            end(passing);
            passing = null;
        }
        lab.awaitIdle();
    }
}
