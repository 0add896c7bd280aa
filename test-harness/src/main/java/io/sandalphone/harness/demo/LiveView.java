package io.sandalphone.harness.demo;

import io.sandalphone.telephony.Party;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Follows one call by the event feed: shows its life and both languages, line by line as they come,
/// and keeps what was reported of each utterance. Thread-safe.
final class LiveView {
    private static final long QUIET_MILLIS = 3000;
    private static final Duration LAG = Duration.ofSeconds(60);

    private final PrintStream out;
    private final long startNanos = System.nanoTime();
    private final Map<String, UtteranceReport> utterances = new TreeMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private Optional<CostReport> cost = Optional.empty();
    private Optional<CallNews.Ended> end = Optional.empty();
    private long lastNews = System.nanoTime();

    LiveView(PrintStream out) {
        this.out = out;
    }

    /// A line of our own.
    synchronized void say(String line) {
        out.printf(
                Locale.ROOT,
                "%6.1f s  %s%n",
                (System.nanoTime() - startNanos) / 1e9,
                line.replaceAll("\\p{Cntrl}+", " "));
    }

    synchronized void on(CallNews news) {
        lastNews = System.nanoTime();
        switch (news) {
            case CallNews.State(var state) -> say("call " + state);
            case CallNews.Cost(var told) -> {
                if (!told.capped().isEmpty()) {
                    say("call has cost what it may, untranslated from here: " + told.capped());
                }
                cost = Optional.of(told);
            }
            case CallNews.Ended ended -> {
                say("call over: " + ended.result() + ", " + ended.reason());
                end = Optional.of(ended);
                over.countDown();
            }
            case CallNews.Caption(var now) -> {
                UtteranceReport before = utterances.put(key(now), now);
                show(before == null ? null : before.said(), now.said(), now, now.source().base());
                show(
                        before == null ? null : before.translated(),
                        now.translated(),
                        now,
                        now.target().base());
            }
        }
    }

    private void show(
            @org.jspecify.annotations.Nullable String before,
            @org.jspecify.annotations.Nullable String now,
            UtteranceReport utterance,
            String language) {
        if (now != null && !now.equals(before)) {
            String who = utterance.speaker() == Party.CALLER ? "caller" : "destination";
            say("%-11s %s  %s".formatted(who, language, now));
        }
    }

    private static String key(UtteranceReport u) {
        return "%s %06d".formatted(u.speaker(), u.number());
    }

    /// What is known of every utterance, in the order in which they were spoken.
    synchronized List<UtteranceReport> utterances() {
        return sorted(utterances.values());
    }

    private static List<UtteranceReport> sorted(Collection<UtteranceReport> utterances) {
        return utterances.stream()
                .sorted(
                        (a, b) -> {
                            Long x = a.stages().speechStart();
                            Long y = b.stages().speechStart();
                            return Long.compare(x == null ? 0 : x, y == null ? 0 : y);
                        })
                .toList();
    }

    /// What the call has cost, as it was reported last; empty when it never was.
    synchronized Optional<CostReport> cost() {
        return cost;
    }

    /// Whether nothing was reported for `millis`, and every translation was spoken.
    synchronized boolean quietFor(long millis) {
        boolean spoken =
                utterances.values().stream()
                        .noneMatch(u -> u.isTranslated() && u.stages().audioEnd() == null);
        return spoken && System.nanoTime() - lastNews > millis * 1_000_000;
    }

    /// Waits until nothing has been reported for a while and every translation was spoken; says so when that
    /// takes longer than translations may go on after the last word.
    void awaitQuiet() {
        long start = System.nanoTime();
        while (!quietFor(QUIET_MILLIS)) {
            if (System.nanoTime() - start > LAG.toNanos()) {
                say("translations are still missing after " + LAG.toSeconds() + " s");
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /// Waits for the end of the call; empty when it does not come in time.
    Optional<CallNews.Ended> awaitEnd(long seconds) throws InterruptedException {
        boolean ended = over.await(seconds, TimeUnit.SECONDS);
        synchronized (this) {
            return ended ? end : Optional.empty();
        }
    }
}
