package io.sandalphone.call;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.telephony.E164;

import java.util.List;

/// What keeps a mistake or a stolen token from becoming a telephone bill.
///
/// `maxConcurrentCalls` is how many calls may live at once. `destinations` lists what may be dialled: whole
/// numbers, or prefixes that end in `*`. An empty list lets nothing be dialled.
public record Limits(int maxConcurrentCalls, List<String> destinations) {
    /// What an entry of `destinations` must look like, for messages to people.
    private static final String EXPECTED_DESTINATION =
            "a number or a prefix of numbers, in quotes, such as \"+525512345678\" or \"+52*\"";

    public Limits {
        if (maxConcurrentCalls < 1) {
            throw new IllegalArgumentException(
                    "limit of " + maxConcurrentCalls + " calls lets nobody call");
        }
        destinations = destinations.stream().map(Limits::destination).toList();
    }

    /// Reads the section `limits`.
    public static Setting<Limits> read(Section section) {
        Setting<Integer> maxConcurrentCalls = section.integer("max-concurrent-calls", 1, 10_000);
        Setting<List<String>> destinations =
                section.list("destinations", Limits.EXPECTED_DESTINATION, Limits::destination);
        return section.make(() -> new Limits(maxConcurrentCalls.get(), destinations.get()));
    }

    /// One entry of the list, checked.
    ///
    /// @throws IllegalArgumentException when it is neither a number nor a prefix
    private static String destination(String entry) {
        if (!entry.matches("\\+[1-9][0-9]{3,14}|\\+[1-9][0-9]{0,13}\\*")) {
            throw new IllegalArgumentException("expected " + EXPECTED_DESTINATION);
        }
        return entry;
    }

    /// Whether `number` may be dialled.
    public boolean allows(E164 number) {
        return destinations.stream().anyMatch(entry -> matches(entry, number.number()));
    }

    private static boolean matches(String entry, String number) {
        return entry.endsWith("*")
                ? number.startsWith(entry.substring(0, entry.length() - 1))
                : number.equals(entry);
    }
}
