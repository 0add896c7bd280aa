package io.sandalphone.harness.ari;

import io.sandalphone.harness.lab.Poll;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// An Asterisk for the run in which an installed gateway learns what it will load: as soon as the gateway has connected, somebody calls the
/// number that is the only argument, whom it rings answers, and when both are heard the caller hangs up. Says
/// `ari URL` when it can be connected to, `over` after the call, and goes on until it is ended.
public final class TrainingCall {
    private static final int NORMAL = 16;
    // The people's, and one beside each leg.
    private static final int BRIDGES = 3;
    // On a server whose calls come first.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private TrainingCall() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (var asterisk = FakeAri.start()) {
            System.out.println("ari " + asterisk.settings().uri());
            play(asterisk, arguments[0]);
            System.out.println("over");
            new CountDownLatch(1).await();
        }
    }

    /// Has the call at `asterisk`; returns when nothing of it is left.
    public static void play(FakeAri asterisk, String called) {
        // The first thing it asks, when it hears events.
        requested(asterisk, "/applications/.*");
        String caller = asterisk.inboundCall(called);
        String destination = requested(asterisk, "/channels/.*/dial").split("/", -1)[2];
        asterisk.ring(destination);
        asterisk.answer(destination);
        Poll.until(
                LONGEST,
                () -> asterisk.bridges().size() == BRIDGES,
                () -> "both are heard: " + asterisk.bridges());
        asterisk.hangUp(caller, NORMAL);
        Poll.until(
                LONGEST,
                () -> asterisk.channels().isEmpty() && asterisk.bridges().isEmpty(),
                () -> "nothing is left: " + asterisk.channels());
    }

    /// Waits for a request for such a path, and gives the path.
    private static String requested(FakeAri asterisk, String pattern) {
        Poll.until(
                LONGEST,
                () -> first(asterisk, pattern).isPresent(),
                "the gateway asks for " + pattern);
        return first(asterisk, pattern).orElseThrow();
    }

    private static Optional<String> first(FakeAri asterisk, String pattern) {
        return asterisk.requests().stream()
                .map(RecordedRequest::path)
                .filter(path -> path.matches(pattern))
                .findFirst();
    }
}
