package io.sandalphone.speech.resilience;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.media.AudioFrame;

import java.time.Duration;

/// How much is put up with from one provider before the next one is asked.
public record ResilienceSettings(
        Breaking breaking,
        Translating translating,
        Synthesizing synthesizing,
        Transcribing transcribing,
        Interpreting interpreting) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// When a provider is left alone, and for how long.
    ///
    /// @param failurePercent how many of the last calls must have failed, in percent
    /// @param window how many calls the last ones are
    /// @param least how many of them there must be before they are judged
    /// @param openFor how long nothing is asked of the provider then
    /// @param trials how many calls are let through after that, to decide whether it works again
    public record Breaking(
            int failurePercent, int window, int least, Duration openFor, int trials) {
        public Breaking {
            inRange("failure-percent", failurePercent, 1, 100);
            inRange("window", window, 1, 1000);
            inRange("trials", trials, 1, 100);
            positive("open-for", openFor);
            if (least < 1 || least > window) {
                throw new IllegalArgumentException(
                        "least must be 1 to window, which is " + window + ", not " + least);
            }
        }
    }

    /// What is put up with from a translator.
    ///
    /// @param within how long one provider may take
    /// @param mostAtOnce how many translations may be under way at one provider
    public record Translating(Duration within, int mostAtOnce, Hedging hedging) {
        public Translating {
            positive("within", within);
            inRange("most-at-once", mostAtOnce, 1, 10_000);
        }
    }

    /// When a translation that takes long is asked for once more.
    ///
    /// @param enabled whether it is at all; the second request is billed like the first
    /// @param percentile how many of the latest translations must have been faster, in percent
    /// @param least how many translations that takes to be known
    /// @param floor the least time that is waited
    /// @param calm how long a provider that said "too much" is spared second requests
    public record Hedging(
            boolean enabled, int percentile, int least, Duration floor, Duration calm) {
        public Hedging {
            inRange("percentile", percentile, 1, 99);
            inRange("least", least, 1, LatencyWindow.SIZE);
            positive("floor", floor);
            positive("calm", calm);
        }
    }

    /// What is put up with from a synthesizer.
    ///
    /// @param firstAudioWithin how long one provider may take to its first sound
    /// @param pauseWithin how long it may take from one piece of sound to the next
    /// @param mostAtOnce how many texts may be being spoken at one provider
    public record Synthesizing(Duration firstAudioWithin, Duration pauseWithin, int mostAtOnce) {
        public Synthesizing {
            positive("first-audio-within", firstAudioWithin);
            positive("pause-within", pauseWithin);
            inRange("most-at-once", mostAtOnce, 1, 10_000);
        }
    }

    /// How one that listens to a speaker stands in for another.
    ///
    /// @param provenAfter how long it must have listened to count as working, if it says nothing
    /// @param returnAfter how long a speaker stays away from a provider that failed him
    /// @param remember how much of the latest sound is kept for the next provider
    /// @param mostAtOnce how many speakers may be listened to by one provider
    public record Listening(
            Duration provenAfter, Duration returnAfter, Duration remember, int mostAtOnce) {
        public Listening {
            positive("proven-after", provenAfter);
            positive("return-after", returnAfter);
            positive("remember", remember);
            inRange("most-at-once", mostAtOnce, 1, 10_000);
        }

        int frames() {
            return Math.toIntExact(remember.toMillis() / AudioFrame.MILLIS);
        }
    }

    /// What is put up with from a recognizer.
    ///
    /// @param readyWithin how long a provider may take until it listens
    public record Transcribing(Duration readyWithin, Listening listening) {
        public Transcribing {
            positive("ready-within", readyWithin);
        }

        Deadlines patience() {
            return Deadlines.untilReady(readyWithin);
        }
    }

    /// What is put up with from a direct interpreter.
    ///
    /// @param readyWithin how long a provider may take until it listens
    /// @param answerWithin how long it may take from the end of an utterance until it begins to speak
    ///     it
    /// @param pauseWithin how long it may take from one piece of sound to the next
    public record Interpreting(
            Duration readyWithin,
            Duration answerWithin,
            Duration pauseWithin,
            Listening listening) {
        public Interpreting {
            positive("ready-within", readyWithin);
            positive("answer-within", answerWithin);
            positive("pause-within", pauseWithin);
        }

        Deadlines patience() {
            return new Deadlines(readyWithin, answerWithin, pauseWithin);
        }
    }

    /// The defaults, as they stand in the file of all settings.
    public static ResilienceSettings defaults() {
        return read(Section.root(ConfigTree.defaults()).section("speech").section("resilience"))
                .get();
    }

    /// Reads them from their section, `speech.resilience`.
    public static Setting<ResilienceSettings> read(Section own) {
        Setting<Breaking> breaking = breaking(own.section("breaker"));
        Setting<Translating> translating = translating(own.section("translation"));
        Setting<Synthesizing> synthesizing = synthesizing(own.section("synthesis"));
        Setting<Transcribing> transcribing = transcribing(own.section("transcription"));
        Setting<Interpreting> interpreting = interpreting(own.section("direct"));
        return own.make(
                () ->
                        new ResilienceSettings(
                                breaking.get(),
                                translating.get(),
                                synthesizing.get(),
                                transcribing.get(),
                                interpreting.get()));
    }

    private static Setting<Breaking> breaking(Section section) {
        Setting<Integer> percent = section.integer("failure-percent", 1, 100);
        Setting<Integer> window = section.integer("window", 1, 1000);
        Setting<Integer> least = section.integer("least", 1, 1000);
        Setting<Duration> openFor = time(section, "open-for");
        Setting<Integer> trials = section.integer("trials", 1, 100);
        return section.make(
                () ->
                        new Breaking(
                                percent.get(),
                                window.get(),
                                least.get(),
                                openFor.get(),
                                trials.get()));
    }

    private static Setting<Translating> translating(Section section) {
        Setting<Duration> within = time(section, "within");
        Setting<Integer> most = most(section);
        Setting<Hedging> hedging = hedging(section.section("hedge"));
        return section.make(() -> new Translating(within.get(), most.get(), hedging.get()));
    }

    private static Setting<Hedging> hedging(Section section) {
        Setting<Boolean> enabled = section.flag("enabled");
        Setting<Integer> percentile = section.integer("percentile", 1, 99);
        Setting<Integer> least = section.integer("least", 1, LatencyWindow.SIZE);
        Setting<Duration> floor = time(section, "floor");
        Setting<Duration> calm = time(section, "calm");
        return section.make(
                () ->
                        new Hedging(
                                enabled.get(),
                                percentile.get(),
                                least.get(),
                                floor.get(),
                                calm.get()));
    }

    private static Setting<Synthesizing> synthesizing(Section section) {
        Setting<Duration> first = time(section, "first-audio-within");
        Setting<Duration> pause = time(section, "pause-within");
        Setting<Integer> most = most(section);
        return section.make(() -> new Synthesizing(first.get(), pause.get(), most.get()));
    }

    private static Setting<Transcribing> transcribing(Section section) {
        Setting<Duration> ready = time(section, "ready-within");
        Setting<Listening> listening = listening(section);
        return section.make(() -> new Transcribing(ready.get(), listening.get()));
    }

    private static Setting<Interpreting> interpreting(Section section) {
        Setting<Duration> ready = time(section, "ready-within");
        Setting<Duration> answer = time(section, "answer-within");
        Setting<Duration> pause = time(section, "pause-within");
        Setting<Listening> listening = listening(section);
        return section.make(
                () -> new Interpreting(ready.get(), answer.get(), pause.get(), listening.get()));
    }

    private static Setting<Listening> listening(Section section) {
        Setting<Duration> proven = time(section, "proven-after");
        Setting<Duration> back = time(section, "return-after");
        Setting<Duration> remember =
                section.duration("remember", Duration.ofSeconds(1), Duration.ofSeconds(30));
        Setting<Integer> most = most(section);
        return section.make(
                () -> new Listening(proven.get(), back.get(), remember.get(), most.get()));
    }

    private static Setting<Duration> time(Section section, String key) {
        return section.duration(key, SHORTEST, LONGEST);
    }

    private static Setting<Integer> most(Section section) {
        return section.integer("most-at-once", 1, 10_000);
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
