package io.sandalphone.telephony.client;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.time.Duration;

/// What clients may take: `maxConnections` at once; how long somebody waits for the other one of a
/// meeting; and for how long after the loss of a connection the same client may come back to its call.
public record ClientSettings(int maxConnections, Duration waitTimeout, Duration resumeTimeout) {
    /// Reads the section `clients`.
    public static Setting<ClientSettings> read(Section section) {
        Setting<Integer> max = section.integer("max-connections", 2, 10_000);
        Setting<Duration> wait =
                section.duration("wait-timeout", Duration.ofSeconds(10), Duration.ofHours(4));
        Setting<Duration> resume =
                section.duration("resume-timeout", Duration.ofSeconds(1), Duration.ofMinutes(2));
        return section.make(() -> new ClientSettings(max.get(), wait.get(), resume.get()));
    }
}
