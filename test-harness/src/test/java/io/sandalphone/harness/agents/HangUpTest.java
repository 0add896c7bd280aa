package io.sandalphone.harness.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.speech.Language;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The caller hangs up at every moment of a conversation, in virtual time: nothing of the call is left behind.
class HangUpTest {
    private static final String GREETING = "Good morning, this is the front desk.";
    private static final String ANSWER =
            "We are open from Monday to Friday, from nine in the morning until half past five.";
    private static final String MESSAGE = "Please tell them that I called.";
    private static final String PERSON = "I want a person.";

    /// What the gateway does once the caller is gone, it does at once.
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    enum Moment {
        GREETED {
            @Override
            void reach(VirtualCall call) {
                until(call, () -> !call.sounds().isEmpty());
            }
        },
        SPEAKING {
            @Override
            void reach(VirtualCall call) {
                greeted(call);
                Stretch said = call.says("What time do you open on Saturdays?");
                until(call, () -> call.now() >= (said.from() + said.until()) / 2);
            }
        },
        ALL_SAID {
            @Override
            void reach(VirtualCall call) {
                greeted(call);
                Stretch said = call.says("What time do you open?");
                // The recognizer tells the end later.
                until(call, () -> call.now() >= said.until() + 100);
                assertEquals(0, call.asked());
            }
        },
        MODEL_THINKS {
            @Override
            void reach(VirtualCall call) {
                greeted(call);
                asked(call, "What time do you open?");
            }
        },
        TOOL_RUNS {
            @Override
            void reach(VirtualCall call) {
                greeted(call);
                asked(call, MESSAGE);
                until(call, call::usesTool);
            }
        },
        ANSWER_IS_SPOKEN {
            @Override
            void reach(VirtualCall call) {
                answered(call);
                call.pass(Duration.ofMillis(500));
            }
        },
        INTERRUPTION_IS_JUDGED {
            @Override
            void reach(VirtualCall call) {
                answered(call);
                call.pass(Duration.ofMillis(500));
                // Not known yet for words, nor for a cough.
                call.sounds(Duration.ofMillis(400));
                call.pass(Duration.ofMillis(200));
            }
        },
        INTERRUPTED {
            @Override
            void reach(VirtualCall call) {
                answered(call);
                call.pass(Duration.ofMillis(500));
                call.says("No, wait, what about Sundays then?");
                call.pass(Duration.ofMillis(1200));
            }
        },
        TOLD_OF_THE_PERSON {
            @Override
            void reach(VirtualCall call) {
                greeted(call);
                Stretch said = asked(call, PERSON);
                until(call, () -> call.sounds().getLast().from() > said.until());
                assertEquals("attending", call.state());
            }
        },
        PERSON_RINGS {
            @Override
            void reach(VirtualCall call) {
                greeted(call);
                asked(call, PERSON);
                until(call, call::rings);
                call.pass(Duration.ofSeconds(1));
            }
        },
        PERSON_IS_TOLD {
            @Override
            void reach(VirtualCall call) {
                PERSON_RINGS.reach(call);
                until(call, () -> !call.rings());
                assertTrue(call.toldToPerson().isEmpty(), "they are not joined yet");
            }
        },
        JOINED {
            @Override
            void reach(VirtualCall call) {
                PERSON_RINGS.reach(call);
                until(call, () -> call.toldToPerson().isPresent());
                call.pass(Duration.ofSeconds(1));
            }
        };

        abstract void reach(VirtualCall call);
    }

    private static void until(VirtualCall call, BooleanSupplier reached) {
        long latest = call.now() + 20_000;
        while (!reached.getAsBoolean()) {
            assertTrue(call.now() < latest && call.ended().isEmpty(), call::state);
            call.pass(Duration.ofMillis(20));
        }
    }

    private static void greeted(VirtualCall call) {
        until(call, () -> call.words(0, call.now()).contains("desk."));
        call.pass(Duration.ofSeconds(1));
    }

    /// The model has just been asked.
    private static Stretch asked(VirtualCall call, String text) {
        Stretch said = call.says(text);
        until(call, () -> call.asked() > 0);
        return said;
    }

    private static void answered(VirtualCall call) {
        greeted(call);
        Stretch said = asked(call, "What time do you open?");
        until(call, () -> call.sounds().getLast().from() > said.until());
    }

    private static ChatReply reply(ChatRequest request) {
        if (request.last().isFrom("tool")) {
            return ChatReply.says("They will hear of it.");
        }
        return switch (request.said()) {
            case MESSAGE ->
                    ChatReply.calls("take_message", new JsonObject().put("text", "I called"));
            case PERSON ->
                    ChatReply.calls("transfer_to_person", new JsonObject().put("reason", "asked"));
            default -> ChatReply.says(ANSWER);
        };
    }

    private static VirtualCall call(boolean ownEnds, Reached person) {
        return new VirtualCall(
                new VirtualCall.Setup(
                        new Language("en"),
                        Optional.of(GREETING),
                        HangUpTest::reply,
                        ownEnds,
                        AgentDelays.usual(),
                        1,
                        "hung up",
                        Optional.of(person)));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_left_of_a_call_whose_caller_has_hung_up(Moment moment) {
        for (boolean ownEnds : new boolean[] {true, false}) {
            try (var call = call(ownEnds, Reached.ANSWERS)) {
                moment.reach(call);
                call.hangUp();
                call.pass(AT_ONCE);
                assertEquals(Optional.of("caller-hung-up"), call.ended());
                assertEquals(Map.of(), call.left());
                int asked = call.asked();
                call.pass(Duration.ofSeconds(40));
                assertEquals(Map.of(), call.left());
                assertEquals(asked, call.asked(), "nobody is asked for one who is gone");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BUSY, 1", "BUSY, 3500", "AWAY, 1", "AWAY, 30500"})
    void nor_where_nobody_comes(Reached person, long millis) {
        try (var call = call(true, person)) {
            greeted(call);
            asked(call, PERSON);
            until(call, call::rings);
            call.pass(Duration.ofMillis(millis));
            call.hangUp();
            call.pass(AT_ONCE);
            assertEquals(Optional.of("caller-hung-up"), call.ended());
            assertEquals(Map.of(), call.left());
        }
    }
}
