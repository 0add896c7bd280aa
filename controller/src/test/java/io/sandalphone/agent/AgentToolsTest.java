package io.sandalphone.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Tool;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.config.Secret;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.speech.Usage;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.VirtualLoop;
import io.sandalphone.tools.HttpToolSettings;
import io.sandalphone.tools.HttpToolSettings.Method;
import io.sandalphone.tools.ToolHosts;
import io.sandalphone.tools.ToolKit;
import io.sandalphone.tools.ToolLookup;
import io.sandalphone.tools.ToolParameters;
import io.sandalphone.webhook.WebhookSettings;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

class AgentToolsTest {
    private static final HttpToolSettings ROOMS =
            new HttpToolSettings(
                    "find_room",
                    "Finds a room.",
                    ToolParameters.of("{\"type\": \"object\"}"),
                    URI.create("https://desk.example/"),
                    Method.POST,
                    Map.of(),
                    Duration.ofSeconds(5),
                    100);

    private static final class Line implements LegAudio {
        @Override
        public void hear(FrameSink ears) {}

        @Override
        public void speak(FrameSource mouth, Runnable drained) {}

        @Override
        public void stop() {}

        @Override
        public void duck(double decibels) {}

        @Override
        public void restore() {}
    }

    private static Supplier<Toolbox> toolboxes(ToolKit kit, Abilities abilities) {
        return AgentTools.of(kit)
                .in(
                        new AgentBuilder().abilities(abilities).settings(),
                        new AgentCall(
                                new CallFacts("c1", "+15551230009", "", Map.of()),
                                false,
                                new VirtualLoop(),
                                new Line(),
                                Usage.UNMETERED));
    }

    private static ToolKit kit() {
        return new ToolKit(
                new WebhookSettings(
                        Optional.of(URI.create("https://desk.example/inbox")),
                        Optional.of(new Secret("0123456789abcdef")),
                        Duration.ofSeconds(1)),
                new ToolLookup(ToolHosts.NONE),
                new SimpleMeterRegistry());
    }

    private static List<String> names(Abilities abilities) {
        try (ToolKit kit = kit()) {
            return toolboxes(kit, abilities).get().tools().stream().map(Tool::name).toList();
        }
    }

    @Test
    void an_agent_has_what_is_switched_on_and_nothing_else() {
        assertEquals(List.of(), names(Abilities.USUAL));
        assertEquals(
                List.of("take_message"),
                names(new Abilities(Set.of(Ability.TAKE_MESSAGE), List.of())));
        assertEquals(
                List.of("send_keys", "take_message", "find_room"),
                names(new Abilities(Set.of(Ability.values()), List.of(ROOMS))));
    }

    @Test
    void each_answer_begins_to_count_anew() throws Exception {
        try (ToolKit kit = kit()) {
            Supplier<Toolbox> toolboxes =
                    toolboxes(kit, new Abilities(Set.of(Ability.SEND_KEYS), List.of()));
            Toolbox first = toolboxes.get();
            String last = "";
            for (int i = 0; i < 20; i++) {
                last = first.use("send_keys", "{\"keys\": \"no key\"}");
            }
            assertTrue(last.contains("before you have answered"), last);
            String again = toolboxes.get().use("send_keys", "{\"keys\": \"no key\"}");
            assertTrue(again.contains("do not fit"), again);
            assertSame(Toolbox.NONE, toolboxes(kit, new Abilities(Set.of(), List.of())).get());
        }
    }
}
