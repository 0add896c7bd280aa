package io.sandalphone.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.brain.model.Dialogue;
import io.sandalphone.brain.model.ModelAnswer;
import io.sandalphone.brain.model.ModelAnswers;
import io.sandalphone.brain.model.ModelMeters;
import io.sandalphone.brain.model.UsedTool;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Usage;
import io.sandalphone.tools.AgentTool;
import io.sandalphone.tools.ToolMeters;
import io.sandalphone.tools.ToolParameters;
import io.sandalphone.tools.ToolResult;
import io.sandalphone.tools.ToolUses;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An answer of a language model whose first round a fuzzer tells, and what becomes of the tools that it calls. A tool gets what fits
/// its schema and nothing else, a wish is one that was offered, each call has a result, and a flood is cut off.
public final class FuzzedDialogue {
    private static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();
    private static final ToolMeters TOOL_METERS = ToolMeters.register(REGISTRY);
    private static final ModelAnswers ANSWERS =
            new ModelAnswers("fuzz", ModelMeters.register(REGISTRY));
    private static final int MOST_CHARACTERS = 1_000_100;
    private static final int MOST_CALLS = 16;
    private static final int MOST_USES = 8;

    private FuzzedDialogue() {}

    /// A server in whose protocol the fuzzer writes.
    public interface Server {
        /// Understands what the fuzzer wrote.
        void tell(ModelAnswer answer) throws SpeechException, InterruptedException;

        /// Is told what tools gave.
        void used(BrainRequest request, String said, List<UsedTool> tools);
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
            require(fits && uses <= MOST_USES, "a tool got what does not fit, or too often");
            return ToolResult.done("two");
        }
    }

    private static final class Heard implements BrainReply {
        private int characters;

        @Override
        public void text(String piece) {
            characters += piece.length();
            require(!piece.isEmpty(), "an empty piece");
            require(characters <= MOST_CHARACTERS, "a flood");
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

    /// Has `server` answer.
    public static void with(Server server) {
        var request =
                new BrainRequest(
                                new CallFacts("c1", "", "", Map.of()),
                                new Language("en"),
                                "",
                                Optional.empty(),
                                List.of(Turn.caller("hello")),
                                Set.of(Wish.Ability.HANG_UP),
                                Usage.UNMETERED)
                        .with(new ToolUses("c1", List.of(new Rooms()), TOOL_METERS));
        var dialogue =
                new Dialogue() {
                    private boolean told;

                    @Override
                    public void ask(boolean last, ModelAnswer answer)
                            throws SpeechException, InterruptedException {
                        answer.taken(100);
                        if (told) {
                            answer.text("done");
                            answer.finish();
                        } else {
                            told = true;
                            server.tell(answer);
                        }
                    }

                    @Override
                    public void used(String said, List<UsedTool> tools) {
                        require(tools.size() <= MOST_CALLS, "more calls than a model may make");
                        server.used(request, said, tools);
                    }
                };
        try {
            ANSWERS.answer(request, dialogue, new Heard());
        } catch (SpeechException _) {
            // The answer is apologised for.
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
