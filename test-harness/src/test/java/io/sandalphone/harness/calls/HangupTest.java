package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Whoever ends a call, at whatever moment: nothing of it remains, and it ended for a reason.
@RealAsterisk
class HangupTest {
    // After the INVITE: the call is handed over, rung, answered, wired and interpreted meanwhile.
    private static final List<Integer> MOMENTS =
            List.of(
                    0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150,
                    170, 190, 220, 260, 320, 400);

    @Test
    void either_of_the_two_and_the_operator_end_the_call_for_both(AsteriskHost host)
            throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones());
                var ends = new EndedCalls(lab)) {
            JoinedCall first = lab.join(ONE_WAY);
            first.caller().hangUp();
            first.destination().awaitEnded(SOON);
            JoinedCall second = lab.join(ONE_WAY);
            second.destination().hangUp();
            second.caller().awaitEnded(SOON);
            JoinedCall third = lab.join(ONE_WAY);
            assertEquals(202, lab.controller().delete("/calls/" + third.id()).status());
            third.caller().awaitEnded(SOON);
            third.destination().awaitEnded(SOON);
            assertEquals(404, lab.controller().delete("/calls/" + second.id()).status());
            assertEquals(
                    Map.of(
                            "completed caller-hung-up", 1,
                            "completed destination-hung-up", 1,
                            "completed operator-hung-up", 1),
                    ends.awaitAll());
        }
    }

    @Test
    void an_operator_stops_the_ringing(AsteriskHost host) throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones());
                var ends = new EndedCalls(lab)) {
            lab.destinations().onIncoming(_ -> Answer.ring());
            PhoneCall caller = lab.call(ONE_WAY);
            caller.awaitRinging(SOON);
            assertEquals(202, lab.controller().delete("/calls").status());
            assertEquals(603, caller.finalStatus(SOON));
            assertEquals(Map.of("not-connected operator-hung-up", 1), ends.awaitAll());
        }
    }

    @Test
    void a_caller_may_give_up_at_any_moment(AsteriskHost host) throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones());
                var ends = new EndedCalls(lab)) {
            lab.destinations().onIncoming(_ -> Answer.after(Duration.ofMillis(60)));
            for (int moment : MOMENTS) {
                PhoneCall caller = lab.call(ONE_WAY);
                waitFor(moment);
                caller.hangUp();
                caller.awaitEnded(SOON);
            }
            System.out.println("callers gave up: " + ends.awaitAll());
        }
    }

    @Test
    void a_destination_may_hang_up_at_any_moment_after_its_answer(AsteriskHost host)
            throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones());
                var ends = new EndedCalls(lab)) {
            for (int moment : MOMENTS) {
                PhoneCall caller = lab.call(ONE_WAY);
                PhoneCall destination =
                        lab.destinations().awaitIncoming(CallLab.destinationOf(ONE_WAY), SOON);
                destination.awaitAnswered(SOON);
                waitFor(moment);
                destination.hangUp();
                caller.awaitEnded(SOON);
            }
            Map<String, Integer> reasons = ends.awaitAll();
            System.out.println("destinations hung up: " + reasons);
            assertEquals(
                    MOMENTS.size(), reasons.values().stream().mapToInt(Integer::intValue).sum());
        }
    }

    private static void waitFor(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
