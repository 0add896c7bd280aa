package io.sandalphone.speech.resilience;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.media.AudioFrame;

import java.time.Duration;

/// How much is put up with from one provider before the next one is asked.
public record ResilienceSettings(
        Breaker breaker,
        Translation translation,
        Synthesis synthesis,
        Transcription transcription,
        Direct direct,
        Thinking thinking) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// When a provider is left alone, and for how long.
    ///
    /// @param failurePercent how many of the last calls must have failed, in percent
    /// @param window how many calls the last ones are
    /// @param minCalls how many of them there must be before they are judged
    /// @param openFor how long nothing is asked of the provider then
    /// @param halfOpenCalls how many calls are let through after that, to decide whether it works again
    public record Breaker(
            int failurePercent, int window, int minCalls, Duration openFor, int halfOpenCalls) {
        public Breaker {
            inRange("failure-percent", failurePercent, 1, 100);
            inRange("window", window, 1, 1000);
            inRange("half-open-calls", halfOpenCalls, 1, 100);
            positive("open-for", openFor);
            if (minCalls < 1 || minCalls > window) {
                throw new IllegalArgumentException(
                        "min-calls must be 1 to window, which is " + window + ", not " + minCalls);
            }
        }
    }

    /// What is put up with from a translator.
    ///
    /// @param timeout how long one provider may take
    /// @param maxConcurrent how many translations may be under way at one provider
    public record Translation(Duration timeout, int maxConcurrent, Hedge hedge) {
        public Translation {
            positive("timeout", timeout);
            inRange("max-concurrent", maxConcurrent, 1, 10_000);
        }
    }

    /// When a translation that takes long is asked for once more.
    ///
    /// @param enabled whether it is at all; the second request is billed like the first
    /// @param percentile how many of the latest translations must have been faster, in percent
    /// @param minSamples how many translations must have been seen to know what is usual
    /// @param minDelay the shortest time until the second request
    /// @param overloadBackoff how long a provider that was overloaded gets no second requests
    public record Hedge(
            boolean enabled,
            int percentile,
            int minSamples,
            Duration minDelay,
            Duration overloadBackoff) {
        public Hedge {
            inRange("percentile", percentile, 1, 99);
            inRange("min-samples", minSamples, 1, LatencyWindow.SIZE);
            positive("min-delay", minDelay);
            positive("overload-backoff", overloadBackoff);
        }
    }

    /// What is put up with from a synthesizer.
    ///
    /// @param firstAudioTimeout how long one provider may take to its first sound
    /// @param stallTimeout how long it may take from one piece of sound to the next
    /// @param maxConcurrent how many texts may be being spoken at one provider
    public record Synthesis(Duration firstAudioTimeout, Duration stallTimeout, int maxConcurrent) {
        public Synthesis {
            positive("first-audio-timeout", firstAudioTimeout);
            positive("stall-timeout", stallTimeout);
            inRange("max-concurrent", maxConcurrent, 1, 10_000);
        }
    }

    /// How one that listens to a speaker stands in for another.
    ///
    /// @param healthyAfter how long it must have listened to count as working, if it says nothing
    /// @param failbackAfter how long a speaker stays away from a provider that failed them
    /// @param reconnectTimeout how long a provider is asked again and again that was lost, when no other
    ///     may be asked
    /// @param replayBuffer how much of the latest sound is kept for the next session
    /// @param maxConcurrent how many speakers may be listened to by one provider
    public record Failover(
            Duration healthyAfter,
            Duration failbackAfter,
            Duration reconnectTimeout,
            Duration replayBuffer,
            int maxConcurrent) {
        public Failover {
            positive("healthy-after", healthyAfter);
            positive("failback-after", failbackAfter);
            positive("reconnect-timeout", reconnectTimeout);
            positive("replay-buffer", replayBuffer);
            inRange("max-concurrent", maxConcurrent, 1, 10_000);
        }

        int frames() {
            return Math.toIntExact(replayBuffer.toMillis() / AudioFrame.MILLIS);
        }
    }

    /// What is put up with from a recognizer.
    ///
    /// @param readyTimeout how long a provider may take until it listens
    public record Transcription(Duration readyTimeout, Failover failover) {
        public Transcription {
            positive("ready-timeout", readyTimeout);
        }
    }

    /// What is put up with from a direct interpreter.
    ///
    /// @param readyTimeout how long a provider may take until it listens
    /// @param answerTimeout how long it may take from the end of an utterance until it begins to speak
    ///     it
    /// @param stallTimeout how long it may take from one piece of sound to the next
    public record Direct(
            Duration readyTimeout,
            Duration answerTimeout,
            Duration stallTimeout,
            Failover failover) {
        public Direct {
            positive("ready-timeout", readyTimeout);
            positive("answer-timeout", answerTimeout);
            positive("stall-timeout", stallTimeout);
        }

        Deadlines deadlines() {
            return Deadlines.ofInterpreter(readyTimeout, answerTimeout, stallTimeout);
        }
    }

    /// What is put up with from a brain.
    ///
    /// @param firstWordsTimeout how long it may take to its first words
    /// @param stallTimeout how long it may be silent between two pieces of its answer
    /// @param maxConcurrent how many answers one may be at work on
    public record Thinking(Duration firstWordsTimeout, Duration stallTimeout, int maxConcurrent) {
        public Thinking {
            positive("first-words-timeout", firstWordsTimeout);
            positive("stall-timeout", stallTimeout);
            inRange("max-concurrent", maxConcurrent, 1, 10_000);
        }
    }

    /// The defaults, as they stand in the file of all settings.
    public static ResilienceSettings defaults() {
        return read(Section.root(ConfigTree.defaults()).section("speech").section("resilience"))
                .get();
    }

    /// Reads them from their section, `speech.resilience`.
    public static Setting<ResilienceSettings> read(Section own) {
        Setting<Breaker> breaker = breaker(own.section("breaker"));
        Setting<Translation> translation = translation(own.section("translation"));
        Setting<Synthesis> synthesis = synthesis(own.section("synthesis"));
        Setting<Transcription> transcription = transcription(own.section("transcription"));
        Setting<Direct> direct = direct(own.section("direct"));
        Setting<Thinking> thinking = thinking(own.section("brain"));
        return own.make(
                () ->
                        new ResilienceSettings(
                                breaker.get(),
                                translation.get(),
                                synthesis.get(),
                                transcription.get(),
                                direct.get(),
                                thinking.get()));
    }

    private static Setting<Thinking> thinking(Section section) {
        Setting<Duration> first = time(section, "first-words-timeout");
        Setting<Duration> stall = time(section, "stall-timeout");
        Setting<Integer> maxConcurrent = maxConcurrent(section);
        return section.make(() -> new Thinking(first.get(), stall.get(), maxConcurrent.get()));
    }

    private static Setting<Breaker> breaker(Section section) {
        Setting<Integer> percent = section.integer("failure-percent", 1, 100);
        Setting<Integer> window = section.integer("window", 1, 1000);
        Setting<Integer> minCalls = section.integer("min-calls", 1, 1000);
        Setting<Duration> openFor = time(section, "open-for");
        Setting<Integer> halfOpenCalls = section.integer("half-open-calls", 1, 100);
        return section.make(
                () ->
                        new Breaker(
                                percent.get(),
                                window.get(),
                                minCalls.get(),
                                openFor.get(),
                                halfOpenCalls.get()));
    }

    private static Setting<Translation> translation(Section section) {
        Setting<Duration> timeout = time(section, "timeout");
        Setting<Integer> maxConcurrent = maxConcurrent(section);
        Setting<Hedge> hedge = hedge(section.section("hedge"));
        return section.make(() -> new Translation(timeout.get(), maxConcurrent.get(), hedge.get()));
    }

    private static Setting<Hedge> hedge(Section section) {
        Setting<Boolean> enabled = section.flag("enabled");
        Setting<Integer> percentile = section.integer("percentile", 1, 99);
        Setting<Integer> minSamples = section.integer("min-samples", 1, LatencyWindow.SIZE);
        Setting<Duration> minDelay = time(section, "min-delay");
        Setting<Duration> backoff = time(section, "overload-backoff");
        return section.make(
                () ->
                        new Hedge(
                                enabled.get(),
                                percentile.get(),
                                minSamples.get(),
                                minDelay.get(),
                                backoff.get()));
    }

    private static Setting<Synthesis> synthesis(Section section) {
        Setting<Duration> first = time(section, "first-audio-timeout");
        Setting<Duration> stall = time(section, "stall-timeout");
        Setting<Integer> maxConcurrent = maxConcurrent(section);
        return section.make(() -> new Synthesis(first.get(), stall.get(), maxConcurrent.get()));
    }

    private static Setting<Transcription> transcription(Section section) {
        Setting<Duration> ready = time(section, "ready-timeout");
        Setting<Failover> failover = failover(section);
        return section.make(() -> new Transcription(ready.get(), failover.get()));
    }

    private static Setting<Direct> direct(Section section) {
        Setting<Duration> ready = time(section, "ready-timeout");
        Setting<Duration> answer = time(section, "answer-timeout");
        Setting<Duration> stall = time(section, "stall-timeout");
        Setting<Failover> failover = failover(section);
        return section.make(
                () -> new Direct(ready.get(), answer.get(), stall.get(), failover.get()));
    }

    private static Setting<Failover> failover(Section section) {
        Setting<Duration> healthy = time(section, "healthy-after");
        Setting<Duration> failback = time(section, "failback-after");
        Setting<Duration> reconnect = time(section, "reconnect-timeout");
        Setting<Duration> replayBuffer =
                section.duration("replay-buffer", Duration.ofSeconds(1), Duration.ofSeconds(30));
        Setting<Integer> maxConcurrent = maxConcurrent(section);
        return section.make(
                () ->
                        new Failover(
                                healthy.get(),
                                failback.get(),
                                reconnect.get(),
                                replayBuffer.get(),
                                maxConcurrent.get()));
    }

    private static Setting<Duration> time(Section section, String key) {
        return section.duration(key, SHORTEST, LONGEST);
    }

    private static Setting<Integer> maxConcurrent(Section section) {
        return section.integer("max-concurrent", 1, 10_000);
    }

    private static void positive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(key + " must be positive, not " + value);
        }
    }

    private static void inRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    key + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
