package io.sandalphone.routing;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.NumberPlan;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What may be dialled: whole numbers, or prefixes that end in `*`. An empty list lets nothing be
/// dialled.
///
/// A number that is listed singly may be dialled whatever it is. A prefix covers only what costs as its
/// country does: never a number whose owner sets the price, a satellite or another international network,
/// and of several countries that share a code only the one whose code it is (for `+1` the United States
/// and Canada), those in `extraRegions`, and those it names itself by three more digits (`+1876*`).
public record Destinations(List<String> entries, Set<String> extraRegions) {
    /// What an entry must look like, for messages to people.
    private static final String EXPECTED_ENTRY =
            "a number, or a prefix of numbers that begins with a whole country code, in quotes,"
                    + " such as \"+525512345678\" or \"+52*\"; no emergency number";

    /// What a number that may be dialled is, for messages to people.
    static final String EXPECTED_NUMBER =
            "a number that limits.destinations allows: list it there by itself, or by a prefix such"
                    + " as \"+52*\". No prefix covers premium-rate and satellite numbers, nor other"
                    + " countries that share its code";

    /// The same, of one that is for no setting to allow.
    static final String NO_EMERGENCY =
            "no emergency number: nobody is put through to one by a machine that interprets";

    private static final int DIGITS_THAT_NAME_A_REGION = 3;

    public Destinations {
        entries = entries.stream().map(Destinations::entry).toList();
        extraRegions = Set.copyOf(extraRegions);
        extraRegions.forEach(Destinations::region);
    }

    /// Reads `destinations` and `extra-regions` of the section `limits`.
    static Setting<Destinations> read(Section section) {
        Setting<List<String>> entries =
                section.list("destinations", EXPECTED_ENTRY, Destinations::entry);
        Setting<List<String>> regions =
                section.list(
                        "extra-regions",
                        "a country or territory (ISO 3166) such as JM",
                        Destinations::region);
        return section.make(() -> new Destinations(entries.get(), Set.copyOf(regions.get())));
    }

    private static String entry(String entry) {
        boolean prefix = entry.endsWith("*");
        String digits = entry.replaceFirst("^\\+", "").replaceFirst("\\*$", "");
        if (!entry.matches("\\+[1-9][0-9]{3,14}|\\+[1-9][0-9]{0,13}\\*")
                || (prefix && NumberPlan.countryCode(digits).isEmpty())
                || (!prefix && NumberPlan.isEmergency(entry, Set.of()))) {
            throw new IllegalArgumentException("expected " + EXPECTED_ENTRY);
        }
        return entry;
    }

    private static String region(String region) {
        if (!NumberPlan.isRegion(region)) {
            throw new IllegalArgumentException("no region of any plan: " + region);
        }
        return region;
    }

    /// Whether `number` may be dialled; an emergency number never.
    public boolean allow(E164 number) {
        if (NumberPlan.isEmergency(number)) {
            return false;
        }
        return entries.contains(number.number())
                || (NumberPlan.charge(number) == NumberPlan.Charge.ORDINARY
                        && entries.stream().anyMatch(entry -> covers(entry, number)));
    }

    /// The countries and territories (ISO 3166) in which somebody may be dialled, as far as plans know them, in the
    /// order of their letters.
    public NavigableSet<String> countries() {
        NavigableSet<String> countries = new TreeSet<>(extraRegions);
        for (String entry : entries) {
            if (entry.endsWith("*")) {
                NumberPlan.countryCode(entry.substring(1, entry.length() - 1))
                        .map(NumberPlan::mainRegions)
                        .ifPresent(countries::addAll);
            } else {
                NumberPlan.regionOf(entry).ifPresent(countries::add);
            }
        }
        return countries;
    }

    private boolean covers(String entry, E164 number) {
        if (!entry.endsWith("*")) {
            return false;
        }
        String prefix = entry.substring(0, entry.length() - 1);
        return number.number().startsWith(prefix) && (namesRegion(prefix) || inNamed(number));
    }

    /// Whether the prefix goes on long enough after the country code to be about one region.
    private static boolean namesRegion(String prefix) {
        String digits = prefix.substring(1);
        return NumberPlan.countryCode(digits)
                .filter(code -> digits.length() >= code.length() + DIGITS_THAT_NAME_A_REGION)
                .isPresent();
    }

    private boolean inNamed(E164 number) {
        Set<String> main = NumberPlan.mainRegions(number);
        Optional<String> region = NumberPlan.region(number);
        return main.isEmpty()
                || region.filter(own -> main.contains(own) || extraRegions.contains(own))
                        .isPresent();
    }
}
