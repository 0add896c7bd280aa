package io.sandalphone.harness.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Every fault of the language model, from three moments of a call on, in virtual time: the caller is never left in silence, hears what
/// is wrong, and the call ends with a reason.
class FaultTableTest {
    private static final long LONGEST_SILENCE = 4000;

    /// Longer than that it is the caller's turn.
    private static final long CALLERS_TURN = 4500;

    private static final int MOST_QUESTIONS = 5;
    private static final String GREETING =
            "Good morning, this is the front desk. How can I help you?";

    /// It takes the model a second to say it all.
    private static final String ANSWER =
            "We are open from Monday, from nine in the morning until half past five in the"
                + " afternoon, and on Saturdays until noon. On public holidays nobody is here, but"
                + " you may leave us a message, and somebody will call you back on the next day on"
                + " which we are open, before noon if we can.";

    private static final List<String> FALLBACKS =
            List.of("something went wrong", "I cannot help you right now");

    /// From when on the fault is there.
    enum Moment {
        GREETING,
        BEFORE_THE_FIRST_WORD,
        AMID_THE_ANSWER
    }

    private static final Map<String, String> TABLE = new TreeMap<>();

    static Stream<Arguments> cells() {
        return FaultyAnswerTest.faults().stream()
                .flatMap(fault -> Stream.of(Moment.values()).map(at -> Arguments.of(fault, at)));
    }

    @AfterAll
    static void print() {
        TABLE.forEach((cell, what) -> System.out.printf("%-40s %s%n", cell, what));
    }

    /// Those after which a model goes on to answer, in its own way.
    private static final Set<Fault> ANSWERED =
            Set.of(
                    Fault.GARBAGE,
                    Fault.INCOMPLETE,
                    Fault.FLOOD,
                    Fault.REPEATED,
                    Fault.LONG_ANSWER,
                    Fault.CUT_SHORT,
                    Fault.FILTERED,
                    Fault.UNKNOWN_TOOL);

    @ParameterizedTest
    @MethodSource("cells")
    void nobody_is_left_in_silence(Fault fault, Moment moment) {
        List<Long> silences = new ArrayList<>();
        try (var call =
                new VirtualCall(
                        new VirtualCall.Setup(
                                new Language("en"),
                                Optional.of(GREETING),
                                _ -> ChatReply.says(ANSWER),
                                true,
                                AgentDelays.usual(),
                                1,
                                fault + " " + moment))) {
            if (moment == Moment.GREETING) {
                call.pass(Duration.ofMillis(300));
                call.inject(fault);
            }
            turn(call, new Stretch(0, 0), silences);
            String greeted = call.words(0, call.now());
            assertTrue(greeted.contains("front desk"), greeted);
            int apologies = 0;
            for (int i = 0; i < MOST_QUESTIONS && call.ended().isEmpty(); i++) {
                Stretch asked = call.says("What time do you open on Saturdays?");
                call.pass(Duration.ofMillis(asked.until() - call.now()));
                if (i == 1 && moment == Moment.BEFORE_THE_FIRST_WORD) {
                    // The recognizer tells the end after 300 ms, the first token comes 200 ms
                    // later.
                    call.pass(Duration.ofMillis(400));
                    call.inject(fault);
                }
                if (i == 1 && moment == Moment.AMID_THE_ANSWER) {
                    while (call.sounds().getLast().from() < asked.until()) {
                        call.pass(Duration.ofMillis(20));
                    }
                    call.inject(fault);
                }
                turn(call, asked, silences);
                String heard = call.words(asked.until(), call.now());
                boolean apologised = FALLBACKS.stream().anyMatch(heard::contains);
                apologies += apologised ? 1 : 0;
                assertTrue(
                        apologised || !heard.replace("One moment, please.", "").isBlank(),
                        "heard: " + heard);
            }
            long longest = silences.stream().mapToLong(Long::longValue).max().orElseThrow();
            String end = call.ended().orElse("the caller's turn");
            TABLE.put(
                    fault + ", " + moment,
                    "longest silence %4d ms, %d apologies, %s".formatted(longest, apologies, end));
            assertTrue(longest <= LONGEST_SILENCE, "silent for " + longest + " ms");
            if (ANSWERED.contains(fault)) {
                assertEquals(0, apologies, "what is answered needs no excuse");
            } else {
                assertTrue(apologies >= 3, apologies + " apologies");
                assertTrue(end.equals("agent-failed"), end);
                assertTrue(call.words(0, call.now()).contains("I cannot help you right now"), end);
            }
        }
    }

    /// Listens until it is the caller's turn, and notes each silence before what the agent says.
    private static void turn(VirtualCall call, Stretch asked, List<Long> silences) {
        long last = asked.until();
        long known = asked.until();
        while (call.ended().isEmpty() && call.now() - last < CALLERS_TURN) {
            call.pass(Duration.ofMillis(100));
            for (Stretch sound : call.sounds()) {
                if (sound.from() >= known) {
                    silences.add(sound.from() - last);
                    known = sound.from() + 1;
                }
                last = Math.max(last, sound.until());
            }
        }
    }
}
