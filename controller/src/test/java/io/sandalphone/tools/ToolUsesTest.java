package io.sandalphone.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.testing.WrittenLog;
import io.sandalphone.tools.ToolResult.Outcome;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ToolUsesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ObjectNode> used = new ArrayList<>();
    private final ToolUses tools =
            new ToolUses("c1", List.of(new Look()), ToolMeters.register(meters));

    private final class Look implements AgentTool {
        @Override
        public String name() {
            return "look";
        }

        @Override
        public String description() {
            return "Looks it up.";
        }

        @Override
        public ToolParameters parameters() {
            return ToolParameters.of(
                    "{\"type\": \"object\", \"properties\": {\"what\": {\"type\": \"string\"}}}");
        }

        @Override
        public ToolResult use(ObjectNode arguments) {
            used.add(arguments);
            if (arguments.path("what").asText().equals("fault")) {
                throw new IllegalStateException("sesame");
            }
            return ToolResult.done("found sesame");
        }
    }

    private double count(Outcome outcome) {
        return meters.get("sandalphone.tools.uses")
                .tag("outcome", outcome.wireName())
                .counter()
                .count();
    }

    @Test
    void a_tool_is_used_with_what_fits() throws Exception {
        assertEquals("found sesame", tools.use("look", "{\"what\": \"keys\"}"));
        assertEquals("keys", used.getFirst().path("what").asText());
        assertEquals(1, count(Outcome.DONE));
    }

    @Test
    void what_does_not_fit_reaches_no_tool() throws Exception {
        assertTrue(tools.use("look", "{\"where\": \"here\"}").startsWith("error: "));
        assertTrue(tools.use("look", "{{{").startsWith("error: "));
        assertEquals(List.of(), used);
        assertEquals(2, count(Outcome.ARGUMENTS));
    }

    @Test
    void a_tool_that_there_is_not_is_none() throws Exception {
        assertTrue(tools.use("open_pod_bay_doors", "{}").startsWith("error: "));
        assertEquals(1, count(Outcome.UNKNOWN));
    }

    @Test
    void a_brain_that_goes_round_in_circles_is_stopped() throws Exception {
        for (int i = 0; i < 100; i++) {
            var _ = tools.use("look", "{}");
        }
        assertEquals(ToolUses.MOST, used.size());
        assertEquals(100 - ToolUses.MOST, count(Outcome.TOO_OFTEN));
    }

    @Test
    void a_fault_of_our_own_costs_the_result_alone() throws Exception {
        assertEquals("error: the tool failed", tools.use("look", "{\"what\": \"fault\"}"));
        assertEquals(1, count(Outcome.FAILED));
    }

    @Test
    void the_log_holds_nothing_of_what_went_in_or_out() throws Exception {
        try (var log = new WrittenLog(ToolUses.class)) {
            var _ = tools.use("look", "{\"what\": \"secretkeys\"}");
            var _ = tools.use("look", "{\"what\": \"fault\"}");
            var _ = tools.use("look", "{\"secretname\": 1}");
            var _ = tools.use("secrettool", "{}");
            String all = log.text();
            assertEquals(5, log.events().size(), all);
            assertFalse(all.contains("secret") || all.contains("sesame"), all);
        }
    }
}
