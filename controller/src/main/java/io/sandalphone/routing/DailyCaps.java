package io.sandalphone.routing;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.util.Optional;

/// How many calls, and how many minutes of calls, one number may have in a calendar day, as a caller
/// and as a destination; empty is no cap.
public record DailyCaps(Cap perCaller, Cap perDestination) {
    /// Of one number. Both are at least 1.
    public record Cap(Optional<Integer> calls, Optional<Integer> minutes) {
        /// No cap at all.
        public static final Cap NONE = new Cap(Optional.empty(), Optional.empty());
    }

    /// No cap at all.
    public static final DailyCaps NONE = new DailyCaps(Cap.NONE, Cap.NONE);

    private static final int MOST = 1_000_000;

    /// Reads the section `limits.daily`.
    static Setting<DailyCaps> read(Section section) {
        Setting<Optional<Integer>> callerCalls = number(section, "calls-per-caller");
        Setting<Optional<Integer>> callerMinutes = number(section, "minutes-per-caller");
        Setting<Optional<Integer>> destinationCalls = number(section, "calls-per-destination");
        Setting<Optional<Integer>> destinationMinutes = number(section, "minutes-per-destination");
        return section.make(
                () ->
                        new DailyCaps(
                                new Cap(callerCalls.get(), callerMinutes.get()),
                                new Cap(destinationCalls.get(), destinationMinutes.get())));
    }

    private static Setting<Optional<Integer>> number(Section section, String key) {
        return section.valueOrNone(
                key,
                "a whole number from 1 to " + MOST,
                text -> {
                    int number = Integer.parseInt(text);
                    if (number < 1 || number > MOST) {
                        throw new IllegalArgumentException("out of range");
                    }
                    return number;
                });
    }
}
