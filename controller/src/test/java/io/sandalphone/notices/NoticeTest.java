package io.sandalphone.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.web.HttpReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/// What a webhook gets, and what the documents say of it.
class NoticeTest {
    private static final Instant SINCE = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant AT = Instant.parse("2026-11-30T12:05:00Z");

    @ParameterizedTest
    @EnumSource
    void each_kind_is_documented(NoticeKind kind) throws IOException {
        for (Notice.State state : Notice.State.values()) {
            for (Condition condition :
                    new Condition[] {
                        Condition.of(kind, "translator google"),
                        new Condition(kind, "", OptionalLong.of(3), OptionalLong.of(0))
                    }) {
                String json =
                        new Notice(condition, state, SINCE, AT)
                                .json("8c6f7a52-9a3e-4b69-9a75-1b0d6b6b4a10");
                HttpReference.fits("Notice", json);
            }
        }
        String page = Files.readString(Path.of("docs/notices.md"));
        assertEquals(1, page.split("\\| `" + kind.wireName() + "` \\|", -1).length - 1);
    }

    @Test
    void it_says_what_and_since_when() {
        var notice =
                new Notice(
                        Condition.of(NoticeKind.PROVIDER_DOWN, "translator google"),
                        Notice.State.RAISED,
                        SINCE,
                        AT);
        assertEquals(
                "{\"id\":\"7\",\"type\":\"notice\",\"kind\":\"provider-down\","
                        + "\"state\":\"raised\",\"about\":\"translator google\","
                        + "\"since\":\"2026-11-30T12:00:00Z\",\"at\":\"2026-11-30T12:05:00Z\","
                        + "\"message\":\"a provider does not work\"}",
                notice.json("7"));
    }
}
