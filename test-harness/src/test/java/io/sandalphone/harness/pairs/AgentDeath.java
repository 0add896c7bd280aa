package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.agents.ToneConversation;
import io.sandalphone.harness.carrier.Happening;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.SoundTimeline;

import java.time.Duration;
import java.util.List;

/// A gateway that is killed (SIGKILL) while an agent answers, and what becomes of the caller: nobody is left on a dead line.
final class AgentDeath {
    private static final Duration SOON = Duration.ofSeconds(90);

    private AgentDeath() {}

    /// Gives what became of them.
    static String of(PairLab lab, Kind kind) {
        ToneConversation call = ToneConversation.greeted(lab);
        call.amidTheAnswer();
        PairPhone caller = call.caller();
        long killed = System.nanoTime();
        lab.gateway().kill();
        if (kind == Kind.BROWSER) {
            var side = (ClientPhones.Side) caller;
            Poll.until(
                    SOON,
                    () -> side.phone().words().contains("lost"),
                    () -> "says that it is lost: " + side.history());
            side.phone().close();
            return "the page says that the call is lost";
        }
        long released = caller.awaitEnded(SOON);
        String told = told(caller, killed);
        lab.awaitNobodyLeft(SOON);
        return "%s, released after %d ms"
                .formatted(told, Duration.ofNanos(released - killed).toMillis());
    }

    /// What they heard, or who was rung for them.
    private static String told(PairPhone caller, long killed) {
        if (caller instanceof CarrierPhones.Side side) {
            List<String> verbs =
                    side.carrier().journal().of(What.VERB).stream()
                            .filter(each -> each.call().equals(side.call().id()))
                            .filter(each -> each.nanos() > killed)
                            .map(Happening::detail)
                            .toList();
            assertTrue(
                    verbs.stream().anyMatch(verb -> verb.matches("(Say|Play|Dial).*")),
                    () -> "told, or brought to somebody: " + verbs + "\n" + side.history());
            return "the carrier: " + verbs;
        }
        SoundTimeline heard = caller.heard();
        double spoken =
                Scenarios.loudMillis(
                        heard.between(killed + 500_000_000, caller.endedNanos()).pcm());
        assertTrue(spoken > 2000, () -> "a sentence: " + spoken + " ms; " + caller.history());
        return "a sentence of %.1f s".formatted(spoken / 1000);
    }
}
