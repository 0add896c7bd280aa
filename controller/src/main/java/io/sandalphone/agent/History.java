package io.sandalphone.agent;

import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Turn.Speaker;

import java.util.ArrayList;
import java.util.List;

/// What the two have said to each other, as far as each was heard: what a brain is to know. What follows from the same
/// speaker is one turn. The oldest turns are forgotten. Runs on the call's loop.
public final class History {
    /// So much a brain is told, in characters and in turns.
    private static final int MOST_CHARACTERS = 12_000;

    private static final int MOST_TURNS = 60;

    private final List<Turn> turns = new ArrayList<>();

    /// Whether nobody has said anything.
    boolean isEmpty() {
        return turns.isEmpty();
    }

    void callerSaid(String text) {
        add(Turn.caller(text.strip()));
    }

    /// `interrupted` when they did not hear the rest. What nobody heard was not said.
    void agentSaid(String text, boolean interrupted) {
        if (!text.isBlank()) {
            add(new Turn(Speaker.AGENT, text.strip(), interrupted));
        }
    }

    private void add(Turn turn) {
        if (!turns.isEmpty() && turns.getLast().speaker() == turn.speaker()) {
            Turn before = turns.removeLast();
            turns.add(
                    new Turn(
                            turn.speaker(), before.text() + " " + turn.text(), turn.interrupted()));
        } else {
            turns.add(turn);
        }
        while (turns.size() > MOST_TURNS || (turns.size() > 1 && characters() > MOST_CHARACTERS)) {
            turns.removeFirst();
        }
    }

    private int characters() {
        return turns.stream().mapToInt(turn -> turn.text().length()).sum();
    }

    List<Turn> turns() {
        return List.copyOf(turns);
    }
}
