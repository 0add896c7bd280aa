package io.sandalphone.translate;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// By which keys a listener commands what is spoken to them.
///
/// @param commands the keys of each command, one after another; what is not there is not to be had
/// @param within how soon after one key the next of the same command is pressed
/// @param step by how many dB what is spoken becomes softer or louder at once
/// @param most by how many dB it may become so in all
public record KeySettings(
        Map<KeyCommand, String> commands, Duration within, double step, double most) {
    /// The usual ones.
    public static final KeySettings USUAL =
            new KeySettings(
                    Map.of(
                            KeyCommand.PAUSE, "*1",
                            KeyCommand.SOFTER, "*2",
                            KeyCommand.LOUDER, "*3",
                            KeyCommand.REPEAT, "*7"),
                    Duration.ofSeconds(2),
                    3,
                    12);

    /// No key means anything.
    public static final KeySettings NONE =
            new KeySettings(Map.of(), USUAL.within, USUAL.step, USUAL.most);

    private static final String KEYS = "0123456789*#ABCD";
    private static final int LONGEST = 4;

    /// By how many dB nothing is ever made louder.
    public static final double LOUDEST = 20;

    public KeySettings {
        commands = Map.copyOf(commands);
        if (!within.isPositive()) {
            throw new IllegalArgumentException("no key is pressed within " + within);
        }
        if (!(step > 0 && step <= LOUDEST) || !(most >= 0 && most <= LOUDEST)) {
            throw new IllegalArgumentException(
                    "nothing is made %s dB louder, or %s in all".formatted(step, most));
        }
        List<String> all = new ArrayList<>(commands.values());
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < all.size(); j++) {
                if (i != j && all.get(i).startsWith(all.get(j))) {
                    throw new IllegalArgumentException(
                            "two commands by %s and %s".formatted(all.get(j), all.get(i)));
                }
            }
        }
    }

    /// Reads the section `interpretation.keys`.
    static Setting<KeySettings> read(Section section) {
        Setting<Boolean> enabled = section.flag("enabled");
        Map<KeyCommand, Setting<Optional<String>>> keys = new EnumMap<>(KeyCommand.class);
        for (KeyCommand command : KeyCommand.values()) {
            keys.put(
                    command,
                    section.valueOrNone(
                            command.name().toLowerCase(Locale.ROOT),
                            "one to four keys of a telephone",
                            KeySettings::keys));
        }
        Setting<Duration> within =
                section.duration("within", Duration.ofMillis(500), Duration.ofSeconds(5));
        Setting<Double> step = section.number("step", 1, LOUDEST);
        Setting<Double> most = section.number("most", 0, LOUDEST);
        return section.make(
                () -> {
                    Map<KeyCommand, String> commands = new EnumMap<>(KeyCommand.class);
                    keys.forEach(
                            (command, own) ->
                                    own.get()
                                            .filter(_ -> enabled.get())
                                            .ifPresent(pressed -> commands.put(command, pressed)));
                    return new KeySettings(commands, within.get(), step.get(), most.get());
                });
    }

    private static String keys(String written) {
        boolean known = written.chars().allMatch(key -> KEYS.indexOf(key) >= 0);
        if (!known || written.isEmpty() || written.length() > LONGEST) {
            throw new IllegalArgumentException("not keys");
        }
        return written;
    }
}
