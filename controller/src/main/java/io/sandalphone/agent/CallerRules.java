package io.sandalphone.agent;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.util.List;
import java.util.Optional;

/// Who may call an agent.
///
/// @param allowed numbers, or prefixes that end in `*`, each with a plus sign; empty: everybody. Who shows no number is then not
///     among them
/// @param callsPerHour how many calls one caller may begin within an hour, those without a number together; empty: no limit
public record CallerRules(List<String> allowed, Optional<Integer> callsPerHour) {
    /// Everybody, as often as they like.
    public static final CallerRules NONE = new CallerRules(List.of(), Optional.empty());

    private static final String EXPECTED =
            "a number with its country, such as \"+15551230001\", or a prefix of some: \"+52*\"";

    private static final int MOST = 10_000;

    public CallerRules {
        allowed = List.copyOf(allowed);
    }

    /// Reads the section `callers` of an agent.
    static Setting<CallerRules> read(Section section) {
        Setting<List<String>> allowed = section.list("allow", EXPECTED, CallerRules::pattern);
        Setting<Optional<Integer>> perHour =
                section.valueOrNone(
                        "calls-per-hour", "a whole number from 1 to " + MOST, CallerRules::number);
        return section.make(() -> new CallerRules(allowed.get(), perHour.get()));
    }

    private static String pattern(String text) {
        if (!text.matches("\\+[0-9]{1,15}\\*?")) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static int number(String text) {
        int number = Integer.parseInt(text);
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    /// Whether `caller` is among them: the digits of their number, those of its country first; empty where they show none.
    boolean allow(Optional<String> caller) {
        return allowed.isEmpty()
                || caller.filter(
                                digits ->
                                        allowed.stream()
                                                .anyMatch(pattern -> matches(digits, pattern)))
                        .isPresent();
    }

    private static boolean matches(String digits, String pattern) {
        String wanted = pattern.substring(1);
        return wanted.endsWith("*")
                ? digits.startsWith(wanted.substring(0, wanted.length() - 1))
                : digits.equals(wanted);
    }
}
