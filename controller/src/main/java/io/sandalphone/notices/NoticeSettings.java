package io.sandalphone.notices;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.webhook.WebhookSettings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What operators are told, and where. Without an address the log alone is.
///
/// @param webhook where notices are sent
/// @param after how long what may be over again in a moment must have lasted before it is told, and been over before that is
/// @param leastFreeBytes with less room a disk is nearly full
/// @param state the file that keeps over a restart what was told; empty: after a restart what is still so is told once more
public record NoticeSettings(
        WebhookSettings webhook, Duration after, long leastFreeBytes, Optional<Path> state) {
    private static final long MEBIBYTE = 1024L * 1024;

    /// Reads the section `notices`.
    public static Setting<NoticeSettings> read(Section section) {
        Setting<WebhookSettings> webhook = WebhookSettings.read(section);
        Setting<Duration> after =
                section.duration("after", Duration.ofSeconds(1), Duration.ofHours(1));
        Setting<Integer> leastFree = section.integer("least-free-mib", 1, 1_000_000);
        Setting<Optional<Path>> state =
                section.check(
                        "state",
                        section.valueOrNone("state", "the whole path of a file", Path::of),
                        "the whole path of a file, or none",
                        file -> file.map(Path::isAbsolute).orElse(true));
        return section.make(
                () ->
                        new NoticeSettings(
                                webhook.get(),
                                after.get(),
                                leastFree.get() * MEBIBYTE,
                                state.get()));
    }
}
