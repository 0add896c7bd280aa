package io.sandalphone.harness.agents;

import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.speech.Language;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// One call in virtual time in which a caller asks, interrupts the answer with another question, hears that answer to its end, and
/// once more; measured by what was heard.
final class AgentTrial {
    /// How long a caller is silent who has finished, where nothing but the silence tells so: the default of `agent-defaults.pause`.
    static final Duration PAUSE = Duration.ofSeconds(1);

    /// How many tokens the first clause of each answer has.
    static final int CLAUSE_TOKENS = 6;

    /// Nothing of an answer that was interrupted may begin to be heard later.
    private static final long SILENT_MILLIS = 200;

    /// Within which the agent has voiced what it says by itself: once in the life of a gateway, and not measured.
    private static final Duration STOCK = Duration.ofSeconds(8);

    private static final long PATIENCE_MILLIS = 10_000;
    private static final int PAIRS = 2;

    private static final List<String> QUESTIONS =
            List.of(
                    "What time do you open on Saturdays?",
                    "Where can I leave my car?",
                    "Is there still a table for tonight?",
                    "Could somebody call me back tomorrow?",
                    "When does the next train leave?",
                    "How do I find your office?",
                    "Until when do I have to leave the room?",
                    "Does the room look out on the sea?");

    /// The first clause of each has six tokens, as [io.sandalphone.harness.fakes.chat.Tokens] cuts them.
    static final List<String> ANSWERS =
            List.of(
                    "We are open from Monday, from nine in the morning until half past five, and on"
                            + " Saturdays until noon.",
                    "Parking is free for guests, on both sides of the house, and the gate stays"
                            + " open all night.",
                    "Your table is booked already, for eight o'clock, by the window that you liked"
                            + " so much last time.",
                    "Somebody will call you back. It will be before ten o'clock tomorrow, and from"
                            + " this very number.",
                    "The next train leaves soon, from the platform at the far end, and the one"
                            + " behind it an hour later.",
                    "We are in Harbour Street, next to the post office, on the second floor, and"
                            + " there is a lift.",
                    "Checking out ends at eleven, but your luggage may stay with us until the"
                            + " evening if you like.",
                    "That room has two windows, and from both of them one sees the harbour and the"
                            + " lighthouse behind it.");

    private final boolean ownEnds;
    private final VirtualCall call;
    private final SplittableRandom chance;
    private final List<Answered> answered = new ArrayList<>();
    private final List<Interrupted> interrupted = new ArrayList<>();
    private int question;

    /// One answer: from the end of its question to its first sound, and the least that this could be, in milliseconds.
    record Answered(double delay, double floor) {}

    /// One interruption: from its beginning until the agent was silent, in milliseconds, and how many words of the agent began to be
    /// heard when it had to be.
    record Interrupted(long silent, int words) {}

    /// What came of the call.
    record Outcome(List<Answered> answered, List<Interrupted> interrupted) {
        Outcome {
            answered = List.copyOf(answered);
            interrupted = List.copyOf(interrupted);
        }
    }

    /// With `ownEnds` the recognizer finds ends of turns, else silence alone tells them.
    AgentTrial(AgentDelays delays, boolean ownEnds, long seed, int number) {
        this.ownEnds = ownEnds;
        chance = new SplittableRandom(seed * 31 + number);
        question = number;
        call =
                new VirtualCall(
                        new VirtualCall.Setup(
                                new Language("en"),
                                Optional.empty(),
                                answers(number),
                                ownEnds,
                                delays,
                                seed,
                                "call " + number));
    }

    /// One after the other, beginning with another one in each call.
    private static ChatScript answers(int first) {
        int[] next = {first};
        return _ -> ChatReply.says(ANSWERS.get(next[0]++ % ANSWERS.size()));
    }

    Outcome run() {
        try (call) {
            call.pass(STOCK.plusMillis(chance.nextInt(500)));
            for (int i = 0; i < PAIRS; i++) {
                awaitAnswer(call.says(nextQuestion()));
                call.pass(Duration.ofMillis(600 + chance.nextInt(1400)));
                Stretch over = call.says(nextQuestion());
                Stretch answer = awaitAnswer(over);
                interrupted(over, answer);
                awaitSilence();
            }
        }
        return new Outcome(answered, interrupted);
    }

    private String nextQuestion() {
        return QUESTIONS.get(question++ % QUESTIONS.size());
    }

    /// Waits until the answer to what was said then begins to be heard.
    private Stretch awaitAnswer(Stretch said) {
        long until = said.until() + PATIENCE_MILLIS;
        while (call.now() < until) {
            call.pass(Duration.ofMillis(20));
            Optional<Stretch> answer =
                    call.sounds().stream().filter(each -> each.from() >= said.until()).findFirst();
            if (answer.isPresent()) {
                double floor =
                        call.floor(CLAUSE_TOKENS, ownEnds ? Duration.ZERO : PAUSE).toNanos() / 1e6;
                answered.add(new Answered(answer.get().from() - said.until(), floor));
                return answer.get();
            }
        }
        throw new IllegalStateException("no answer within " + PATIENCE_MILLIS + " ms");
    }

    private void interrupted(Stretch over, Stretch answer) {
        long silent =
                call.sounds().stream()
                        .filter(each -> each.from() < answer.from())
                        .mapToLong(Stretch::until)
                        .max()
                        .orElseThrow();
        String words = call.words(over.from() + SILENT_MILLIS, answer.from());
        interrupted.add(
                new Interrupted(
                        silent - over.from(), words.isEmpty() ? 0 : words.split(" ", -1).length));
    }

    private void awaitSilence() {
        long until = call.now() + 4 * PATIENCE_MILLIS;
        while (call.now() < until) {
            call.pass(Duration.ofMillis(100));
            if (call.now() - call.sounds().getLast().until() > 700 + chance.nextInt(700)) {
                return;
            }
        }
        throw new IllegalStateException("the agent does not come to an end");
    }
}
