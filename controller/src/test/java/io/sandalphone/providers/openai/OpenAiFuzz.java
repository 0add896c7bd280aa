package io.sandalphone.providers.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.fuzz.FuzzRun;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Usage;
import io.sandalphone.tools.AgentTool;
import io.sandalphone.tools.ToolMeters;
import io.sandalphone.tools.ToolParameters;
import io.sandalphone.tools.ToolResult;
import io.sandalphone.tools.ToolUses;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `scripts/fuzz --target openai`: the events of a streamed answer, and what becomes of the tools that it calls. A tool gets what fits
/// its schema and nothing else, a wish is one that was offered, and each call has a result.
public final class OpenAiFuzz {
    private static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();
    private static final OpenAiMeters METERS = OpenAiMeters.register(REGISTRY);
    private static final ToolMeters TOOL_METERS = ToolMeters.register(REGISTRY);

    private OpenAiFuzz() {}

    public static void fuzzerInitialize() {
        FuzzRun.begin();
    }

    private static final class Rooms implements AgentTool {
        private static final ToolParameters PARAMETERS =
                ToolParameters.of(
                        """
                        {"type": "object", "required": ["date"], "properties": {
                          "date": {"type": "string", "format": "date"},
                          "guests": {"type": "integer", "minimum": 1, "maximum": 9}}}\
                        """);

        private int uses;

        @Override
        public String name() {
            return "find_room";
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public ToolParameters parameters() {
            return PARAMETERS;
        }

        @Override
        public ToolResult use(ObjectNode arguments) {
            uses++;
            boolean fits =
                    arguments.path("date").asText().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                            && arguments.path("guests").asInt(1) >= 1
                            && arguments.path("guests").asInt(1) <= 9
                            && arguments.size() == (arguments.has("guests") ? 2 : 1);
            require(fits && uses <= 8, "a tool got what does not fit, or too often");
            return ToolResult.done("two");
        }
    }

    private record Wished() implements BrainReply {
        @Override
        public void text(String piece) {
            require(!piece.isEmpty(), "an empty piece");
        }

        @Override
        public void wish(Wish wish) {
            require(wish instanceof Wish.HangUp, "a wish that was not offered");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        var out = new Wished();
        var answer = new StreamedAnswer(out, METERS);
        try {
            FuzzRun.each(
                    input,
                    frame -> {
                        try {
                            answer.event(new String(frame, StandardCharsets.UTF_8));
                        } catch (SpeechException failure) {
                            throw new Failed(failure);
                        }
                    });
            answer.end();
        } catch (Failed | SpeechException _) {
            // The answer is apologised for.
            return;
        }
        var tools = new ToolUses("c1", List.of(new Rooms()), TOOL_METERS);
        var request =
                new BrainRequest(
                                new CallFacts("c1", "", "", Map.of()),
                                new Language("en"),
                                "",
                                Optional.empty(),
                                List.of(Turn.caller("hello")),
                                Set.of(Wish.Ability.HANG_UP),
                                Usage.UNMETERED)
                        .with(tools);
        var calls = new CalledTools(request, answer.calls());
        calls.wishes().forEach(out::wish);
        if (calls.goOn(answer.said())) {
            try {
                List<ChatMessages.Result> results = calls.use();
                require(results.size() == answer.calls().size(), "a call without a result");
                var messages = new ChatMessages(request);
                messages.used(answer.said(), results);
                require(messages.json().size() == 3 + results.size(), "a result that is not told");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Failed extends RuntimeException {
        @java.io.Serial private static final long serialVersionUID = 1;

        Failed(SpeechException cause) {
            super(cause);
        }
    }

    public static void fuzzerTearDown() {
        FuzzRun.tell();
    }
}
