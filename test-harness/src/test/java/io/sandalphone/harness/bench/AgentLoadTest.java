package io.sandalphone.harness.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.Poll;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Ten calls at once to an agent, twice.
@Timeout(300)
class AgentLoadTest {
    private static final int CALLS = 10;
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void when_all_have_hung_up_nothing_is_left() throws Exception {
        try (var load = new AgentLoad(CALLS, ControllerProgram.QUICK)) {
            round(load);
            Leftovers first = awaitNothing(load);
            round(load);
            Leftovers second = awaitNothing(load);
            System.out.println(
                    "behind a round of calls: " + first + ", behind the next: " + second);
            assertTrue(second.sockets() <= first.sockets(), second::toString);
            // The system's threads are those of the machine's processors, not of calls.
            assertTrue(second.threads() < first.threads() + CALLS / 2, second::toString);
        }
    }

    /// What is left when nothing is left of calls.
    private static Leftovers awaitNothing(AgentLoad load) {
        Poll.until(
                SOON,
                () -> left(load).objects() == 0 && left(load).calls() == 0,
                () -> "nothing of a call is left: " + left(load));
        return left(load);
    }

    private static void round(AgentLoad load) {
        load.call();
        assertTrue(left(load).objects() > CALLS, "there is something to be left");
        load.talk(2);
        load.awaitTurns();
        load.hangUp();
    }

    private static Leftovers left(AgentLoad load) {
        try {
            return Leftovers.of(load.controller());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
