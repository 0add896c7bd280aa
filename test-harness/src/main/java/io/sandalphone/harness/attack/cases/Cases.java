package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Everything that is tried.
public final class Cases {
    private Cases() {}

    /// All items, by their numbers.
    public static List<AttackCase> all() {
        return Stream.of(
                        new LostRequests(1, LostRequests.During.REPAIR),
                        new LostRequests(2, LostRequests.During.DUCKING),
                        new InProcess(3, "a fault of our own while sound is asked for"),
                        new InProcess(4, "an effect of a call's step that throws"),
                        new InProcess(5, "answers to an earlier attempt to attach audio"),
                        new ReplacedController(),
                        new InProcess(
                                7, "an echo of a phrase that ended before the one that sounds"),
                        new InProcess(8, "audio that is attached again, and the captions after it"),
                        new QuietLegs(),
                        new InProcess(10, "a second lane that cannot be built"),
                        new SteppedClock(),
                        new InProcess(12, "sound, positions and tasks without end"),
                        new InProcess(
                                13, "an operator's call in the moment in which draining begins"),
                        new SilentPhones(),
                        new RouteLoops(),
                        new InProcess(16, "translations that pile up behind each other"),
                        new InProcess(17, "ring-back, busy tone, beeps and music as speech"),
                        new CallersNames(),
                        new DoctorsClaims(),
                        new SmallRtpRange(),
                        new NumbersShown(),
                        new ForbiddenTmp(),
                        new FallbackLimits(),
                        new StrangersSound(),
                        new SlowRequests(),
                        new AsteriskTakeOver(),
                        new DestinationFence(),
                        new YamlTraps(),
                        new ConfigTraps(),
                        new HttpSurface(),
                        new ALawPhones(),
                        new Launchers(),
                        new RequestSmuggling(),
                        new InProcess(34, "vendors' messages that lack what is not needed"))
                .sorted(Comparator.comparingInt(AttackCase::number))
                .toList();
    }
}
