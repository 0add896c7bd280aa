package io.sandalphone.translate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// Announcements at the beginning of calls, each to one party.
///
/// @param spoken heard to the end
/// @param failed not voiced, tried again later
/// @param noVoice in a language that no voice speaks, or for which there is no text
public record AnnouncementMeters(Counter spoken, Counter failed, Counter noVoice) {
    public static AnnouncementMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "announcement");
        return new AnnouncementMeters(
                parties(group, "spoken"), parties(group, "failed"), parties(group, "no_voice"));
    }

    private static Counter parties(MeterGroup group, String outcome) {
        return group.counter(
                "parties",
                "",
                "People who were to be told that the call is interpreted, by what came of it",
                "outcome",
                outcome);
    }
}
