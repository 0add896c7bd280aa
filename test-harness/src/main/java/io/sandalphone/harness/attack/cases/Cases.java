package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;

import java.util.Comparator;
import java.util.List;

/// Everything that is tried.
public final class Cases {
    private Cases() {}

    /// All items, by their numbers.
    public static List<AttackCase> all() {
        return byLab().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(AttackCase::number))
                .toList();
    }

    /// All items: each list for a lab of its own, in an order in which an item uses the Asterisk and,
    /// where it can, the controller that the one before it leaves running. As long as each other, but
    /// for the one that waits for silent phones.
    public static List<List<AttackCase>> byLab() {
        return List.of(
                List.of(new SilentPhones(), new Launchers()),
                List.of(
                        new LostRequests(1, LostRequests.During.REPAIR),
                        new LostRequests(2, LostRequests.During.DUCKING),
                        new QuietLegs()),
                List.of(
                        new StrangersSound(),
                        new SlowRequests(),
                        new RequestSmuggling(),
                        new ALawPhones(),
                        new HttpSurface(),
                        new CallersNames(),
                        new RouteLoops(),
                        new ReplacedController()),
                List.of(
                        new AsteriskTakeOver(),
                        new FallbackLimits(),
                        new NumbersShown(),
                        new DestinationFence(),
                        new ForbiddenTmp(),
                        new ConfigTraps(),
                        new YamlTraps(),
                        new DoctorsClaims(),
                        new SmallRtpRange(),
                        new SteppedClock()),
                List.of(
                        new InProcess(3, "a fault of our own while sound is asked for"),
                        new InProcess(4, "an effect of a call's step that throws"),
                        new InProcess(5, "answers to an earlier attempt to attach audio"),
                        new InProcess(
                                7, "an echo of a phrase that ended before the one that sounds"),
                        new InProcess(8, "audio that is attached again, and the captions after it"),
                        new InProcess(10, "a second lane that cannot be built"),
                        new InProcess(12, "sound, positions and tasks without end"),
                        new InProcess(
                                13, "an operator's call in the moment in which draining begins"),
                        new InProcess(16, "translations that pile up behind each other"),
                        new InProcess(17, "ring-back, busy tone, beeps and music as speech"),
                        new InProcess(34, "vendors' messages that lack what is not needed")));
    }

    /// How an item is tried that cannot be from outside, of a gateway that runs elsewhere.
    public static String elsewhere(int number) {
        return switch (number) {
            case 19 -> "run scripts/doctor on the server";
            case 28 -> "run scripts/config --check on the server's file";
            case 29 -> "run scripts/config --check on the server's file, or name --http";
            case 26 -> "run asterisk-conf/render on the server's values, or name --sip and --ari";
            case 25, 30 -> "name --http";
            case 33 -> "name --http and set SANDALPHONE_TOKEN";
            default -> {
                AttackCase item =
                        all().stream()
                                .filter(each -> each.number() == number)
                                .findFirst()
                                .orElseThrow();
                yield item instanceof InProcess
                        ? "happens inside the process: named tests of scripts/attack"
                        : "needs the lab: scripts/attack --only %d (%s)"
                                .formatted(number, item.tried());
            }
        };
    }
}
