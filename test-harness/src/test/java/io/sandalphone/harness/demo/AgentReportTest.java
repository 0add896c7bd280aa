package io.sandalphone.harness.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.converse.CallTurn;
import io.sandalphone.harness.converse.HeldCall;
import io.sandalphone.harness.converse.StepVerdict;
import io.sandalphone.harness.converse.StepVerdict.Judgement;
import io.sandalphone.harness.converse.Verdict;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

class AgentReportTest {
    private static CallTurn agent(long from, long until, long delay) {
        return new CallTurn(
                false,
                from,
                until,
                "We open <at> nine",
                OptionalLong.of(delay),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private static CallTurn interruption(long silent, int words) {
        return new CallTurn(
                true,
                5000,
                6000,
                "Wait",
                OptionalLong.empty(),
                OptionalLong.of(silent),
                OptionalInt.of(words));
    }

    private static HeldCall call(CallTurn interruption, Judgement judgement, String reason) {
        return new HeldCall(
                new Verdict(List.of(new StepVerdict(1, "hears: nine", judgement, "")), List.of()),
                List.of(agent(4000, 5100, 900), interruption, agent(7000, 8000, 1000)),
                reason,
                new short[8 * 6000],
                new short[8 * 8000],
                "hola",
                new short[8 * 1000]);
    }

    private static AgentReport report(HeldCall call) {
        return AgentReport.of(call, "22.10", "the stand-in");
    }

    private static final HeldCall GOOD =
            call(interruption(100, 0), Judgement.HELD, "caller-hung-up");

    @Test
    void a_call_in_which_all_held_keeps_every_promise() {
        AgentReport report = report(GOOD);
        assertEquals(0, report.verdict().exitCode(), report::table);
        assertEquals(900, report.answerDelay().orElseThrow());
        assertEquals(100, report.silentAfter().orElseThrow());
    }

    @Test
    void whatever_did_not_hold_breaks_one() {
        for (HeldCall call :
                List.of(
                        call(interruption(100, 0), Judgement.FAILED, "caller-hung-up"),
                        call(interruption(900, 0), Judgement.HELD, "caller-hung-up"),
                        call(interruption(100, 2), Judgement.HELD, "caller-hung-up"),
                        call(interruption(100, 0), Judgement.HELD, "agent-failed"))) {
            AgentReport report = report(call);
            assertEquals(1, report.verdict().exitCode(), report::table);
            assertEquals(
                    1,
                    report.verdict().criteria().stream()
                            .filter(
                                    each ->
                                            each.judgement()
                                                    == io.sandalphone.harness.demo.Verdict.Judgement
                                                            .BROKEN)
                            .count());
        }
    }

    @Test
    void the_page_and_the_file_hold_what_was_said_as_text() {
        AgentReport report = report(GOOD);
        String page = AgentPage.of(report, GOOD, new Language("en"));
        assertTrue(page.contains("We open &lt;at&gt; nine"), page);
        assertFalse(page.contains("<at>"));
        assertTrue(page.contains("the agent was silent 100 ms later"), page);
        assertEquals("We open <at> nine", AgentJson.of(report).at("/turns/0/text").asText());
        assertEquals(900, AgentJson.of(report).path("answer_delay_ms").asLong());
    }
}
