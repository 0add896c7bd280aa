package io.sandalphone.harness.agents;

import io.sandalphone.harness.latency.Chance;
import io.sandalphone.harness.latency.Delay;

import java.time.Duration;

/// The delays of one call, drawn by chance, the same for the same seed and call; and those that came last, of which the floor of an
/// answer's delay is made.
final class Draws {
    private final AgentDelays delays;
    private final Chance chance;
    private int number;
    private Duration endOfTurn = Duration.ZERO;
    private Duration told = Duration.ZERO;
    private Duration firstToken = Duration.ZERO;
    private Duration firstByte = Duration.ZERO;
    private boolean answering;

    Draws(AgentDelays delays, long seed, String call) {
        this.delays = delays;
        chance = new Chance(seed, call);
    }

    AgentDelays delays() {
        return delays;
    }

    private Duration draw(String purpose, Delay delay) {
        number++;
        return Duration.ofMillis(delay.draw(chance.of(purpose, number)));
    }

    /// From a word's end until it is told first.
    Duration partial() {
        return draw("partial", delays.speech().partial());
    }

    /// From the last word of a turn until its end is told.
    Duration endOfTurn() {
        endOfTurn = draw("end", delays.endOfTurn());
        return endOfTurn;
    }

    /// From the mark of an utterance's end to its words.
    Duration told() {
        told = draw("told", delays.told());
        return told;
    }

    /// From a request to the model's first token.
    Duration firstToken() {
        firstToken = draw("first token", delays.firstToken());
        answering = true;
        return firstToken;
    }

    /// From a text until its first sound.
    Duration firstByte(String text) {
        Duration drawn =
                Duration.ofMillis(
                        delays.speech().firstByte().draw(chance.of("first byte", text + number++)));
        if (answering) {
            answering = false;
            firstByte = drawn;
        }
        return drawn;
    }

    /// The least that the latest answer can take from the end of its question, whose first clause has so many tokens: until the
    /// end is told, the clause is there, and its first sound. `silence` is what is waited for where silence alone tells the end;
    /// zero where the recognizer does.
    Duration floor(int clauseTokens, Duration silence) {
        Duration end = silence.isZero() ? endOfTurn : silence;
        return end.plus(firstToken).plusNanos(delays.tokenNanos(clauseTokens - 1)).plus(firstByte);
    }
}
