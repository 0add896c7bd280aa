package io.sandalphone.harness.converse;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Reads one step: the one key that says what kind it is, and those that go with it.
final class StepReader {
    private static final List<String> KINDS =
            List.of(
                    "says",
                    "makes",
                    "presses",
                    "waits",
                    "hangs-up",
                    "hears",
                    "hears-nothing",
                    "falls-silent",
                    "speaks-on",
                    "is-transferred",
                    "leaves-message",
                    "is-hung-up-on");

    /// Nobody is left in silence for longer.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration USUAL_TRANSFER = Duration.ofSeconds(15);
    private static final Duration USUAL_NOISE = Duration.ofMillis(300);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Pattern KEYS = Pattern.compile("[0-9*#A-D]{1,40}");
    private static final String PHRASE = "words, or alternatives with | between them";

    private final Section step;

    StepReader(Section step) {
        this.step = step;
    }

    Setting<Step> read() {
        List<String> kinds = KINDS.stream().filter(this::has).toList();
        if (kinds.size() != 1) {
            step.raw().fieldNames().forEachRemaining(step::ignore);
            String found = String.join(", ", (Iterable<String>) () -> step.raw().fieldNames());
            return made(
                    () -> {
                        throw new IllegalArgumentException(
                                "%s with the keys %s, where one of %s says what kind it is"
                                        .formatted(
                                                kinds.isEmpty() ? "no step" : "more than one step",
                                                found,
                                                String.join(", ", KINDS)));
                    });
        }
        return switch (kinds.getFirst()) {
            case "says" -> says();
            case "makes" -> makes();
            case "presses" -> presses();
            case "waits" -> {
                Setting<Duration> time = time("waits");
                yield made(() -> new Step.Waits(time.get()));
            }
            case "hangs-up" -> {
                Setting<Boolean> yes = yes("hangs-up");
                yield made(
                        () -> {
                            yes.get();
                            return new Step.HangsUp();
                        });
            }
            case "hears" -> hears();
            case "hears-nothing" -> {
                Setting<Duration> time = time("hears-nothing");
                yield made(() -> new Step.HearsNothing(time.get()));
            }
            case "falls-silent" -> {
                Setting<Duration> within = time("falls-silent");
                yield made(() -> new Step.FallsSilent(within.get()));
            }
            case "speaks-on" -> {
                Setting<List<Phrase>> phrases = phrases(step, "speaks-on", false);
                yield made(() -> new Step.SpeaksOn(phrases.get()));
            }
            case "is-transferred" -> {
                Setting<List<Phrase>> told = phrases(step, "is-transferred", false);
                Supplier<Duration> within = within(USUAL_TRANSFER);
                yield made(() -> new Step.IsTransferred(told.get(), within.get()));
            }
            case "leaves-message" -> {
                Setting<List<Phrase>> phrases = phrases(step, "leaves-message", false);
                Supplier<Duration> within = within(PATIENCE);
                yield made(() -> new Step.LeavesMessage(phrases.get(), within.get()));
            }
            default -> {
                Setting<Boolean> yes = yes("is-hung-up-on");
                Supplier<Duration> within = within(USUAL_TRANSFER);
                yield made(
                        () -> {
                            yes.get();
                            return new Step.IsHungUpOn(within.get());
                        });
            }
        };
    }

    private Setting<Step> says() {
        Setting<String> text = step.text("says");
        Supplier<Optional<Language>> language = language();
        Supplier<Optional<Duration>> over = overTheAgent();
        return made(() -> new Step.Says(text.get(), language.get(), over.get()));
    }

    private Setting<Step> makes() {
        Setting<Noise> noise = step.choice("makes", Noise.class);
        Supplier<Duration> lasting = step.has("for") ? time("for")::get : () -> USUAL_NOISE;
        Supplier<Optional<Duration>> over = overTheAgent();
        return made(() -> new Step.Makes(noise.get(), lasting.get(), over.get()));
    }

    private Setting<Step> presses() {
        Setting<String> keys =
                step.value(
                        "presses",
                        "keys of a telephone (0 to 9, *, #, A to D), in quotes",
                        text -> {
                            if (!KEYS.matcher(text).matches()) {
                                throw new IllegalArgumentException();
                            }
                            return text;
                        });
        Supplier<Optional<Duration>> over = overTheAgent();
        return made(() -> new Step.Presses(keys.get(), over.get()));
    }

    private Setting<Step> hears() {
        Setting<List<Phrase>> phrases = phrases(step, "hears", false);
        Setting<List<Phrase>> never = phrases(step, "never", true);
        Supplier<Duration> within = within(PATIENCE);
        Supplier<Optional<Language>> language = language();
        return made(() -> new Step.Hears(phrases.get(), within.get(), never.get(), language.get()));
    }

    private boolean has(String key) {
        return step.raw().has(key);
    }

    private Setting<Step> made(Supplier<Step> step) {
        return this.step.make(step);
    }

    private Setting<Duration> time(String key) {
        return step.duration(key, Duration.ofMillis(1), LONGEST);
    }

    /// A key that says all by standing there.
    private Setting<Boolean> yes(String key) {
        return step.check(key, step.flag(key), "true", yes -> yes);
    }

    private Supplier<Duration> within(Duration usual) {
        return step.has("within") ? time("within")::get : () -> usual;
    }

    private Supplier<Optional<Duration>> overTheAgent() {
        if (!step.has("over-the-agent")) {
            return Optional::empty;
        }
        Setting<Duration> over = step.duration("over-the-agent", Duration.ZERO, LONGEST);
        return () -> Optional.of(over.get());
    }

    private Supplier<Optional<Language>> language() {
        if (!step.has("language")) {
            return Optional::empty;
        }
        Setting<Language> language = step.value("language", Language.EXPECTED, Language::new);
        return () -> Optional.of(language.get());
    }

    /// The phrases that stand as a list under `key`; none where that may be left out and is.
    static Setting<List<Phrase>> phrases(Section section, String key, boolean optional) {
        if (optional && !section.has(key)) {
            return section.make(List::of);
        }
        return section.check(
                key,
                section.list(key, PHRASE, Phrase::of),
                "a list of at least one phrase",
                list -> !list.isEmpty());
    }
}
