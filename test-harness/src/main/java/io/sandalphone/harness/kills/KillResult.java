package io.sandalphone.harness.kills;

import io.sandalphone.harness.calls.SoundGap;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What came of one call through one kill.
///
/// @param lead how long before the kill the moment began
/// @param gap the longest time in which one of the two missed the other; none where they did not talk at the time
/// @param again when they were interpreted again, after the gateway said that it is ready; null where they are not
/// @param faults what is not as it must be; usually empty
public record KillResult(
        Moment moment,
        Duration lead,
        Fate fate,
        SoundGap gap,
        @Nullable Duration again,
        List<String> faults) {
    public KillResult {
        faults = List.copyOf(faults);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("%s".formatted(moment));
        if (!lead.isZero()) {
            text.append(" for %d ms".formatted(lead.toMillis()));
        }
        text.append(": ").append(fate);
        if (moment.isTalking()) {
            text.append(", gap ").append(gap);
        }
        if (again != null) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            ", interpreted again %.2f s after the start",
                            again.toMillis() / 1000.0));
        }
        faults.forEach(fault -> text.append("; WRONG: ").append(fault));
        return text.toString();
    }
}
