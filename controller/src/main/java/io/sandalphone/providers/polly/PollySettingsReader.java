package io.sandalphone.providers.polly;

import io.sandalphone.config.Endpoint;
import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.providers.polly.PollySettings.Cache;
import io.sandalphone.providers.polly.PollySettings.Deadlines;
import io.sandalphone.providers.polly.PollySettings.Keys;
import io.sandalphone.providers.polly.PollySettings.Overflow;
import io.sandalphone.speech.Language;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads [PollySettings] from `engines.polly`.
final class PollySettingsReader {
    /// Stands where AWS's own ways are to be followed: its usual places for keys, its usual address.
    private static final String USUAL = "aws";

    private static final String NONE = "none";
    private static final int MIB = 1 << 20;

    private PollySettingsReader() {}

    static Setting<PollySettings> read(Section section) {
        Setting<String> region =
                section.value(
                        "region",
                        "an AWS region such as us-east-1",
                        text -> matching(text, "[a-z]{2}(-[a-z]+)+-[0-9]{1,2}"));
        Setting<Optional<Keys>> keys = keys(section);
        Setting<Optional<URI>> endpoint = endpoint(section);
        Setting<PollyEngine> engine = section.choice("engine", PollyEngine.class);
        Setting<Overflow> overflow = section.choice("overflow", Overflow.class);
        Map<String, Setting<String>> voices = voices(section.section("voices"), engine, overflow);
        Setting<AudioFormat> format = section.choice("format", AudioFormat.class);
        Setting<OptionalInt> rate =
                section.value(
                        "rate-percent",
                        "a whole number from 20 to 200, or none",
                        PollySettingsReader::rate);
        Setting<Deadlines> deadlines = deadlines(section);
        Setting<Map<PollyEngine, Quota>> quotas = quotas(section.section("requests"));
        Setting<Integer> connections = section.integer("connections", 1, 1000);
        Setting<Cache> cache = cache(section.section("cache"));
        return section.make(
                () -> {
                    Map<Language, String> chosen = new HashMap<>();
                    for (Map.Entry<String, Setting<String>> voice : voices.entrySet()) {
                        String name = voice.getValue().get();
                        chosen.put(new Language(voice.getKey()), name);
                    }
                    return new PollySettings(
                            region.get(),
                            keys.get(),
                            endpoint.get(),
                            engine.get(),
                            overflow.get(),
                            chosen,
                            format.get(),
                            rate.get(),
                            deadlines.get(),
                            quotas.get(),
                            connections.get(),
                            cache.get());
                });
    }

    private static Setting<Optional<Keys>> keys(Section section) {
        Setting<Secret> id = section.secret("access-key-id");
        Setting<Secret> secret =
                section.check(
                        "secret-access-key",
                        section.secret("secret-access-key"),
                        "the secret that belongs to access-key-id, or " + USUAL + " for both",
                        own -> own.matches(USUAL) == id.get().matches(USUAL));
        Setting<Secret> token = section.secret("session-token");
        return section.make(
                () ->
                        id.get().matches(USUAL)
                                ? Optional.empty()
                                : Optional.of(
                                        new Keys(
                                                id.get(),
                                                secret.get(),
                                                Optional.of(token.get())
                                                        .filter(own -> !own.matches(NONE)))));
    }

    private static Setting<Optional<URI>> endpoint(Section section) {
        return section.value(
                "endpoint",
                Endpoint.expected("https", "http") + ", or " + USUAL,
                text -> text.equals(USUAL) ? Optional.empty() : Optional.of(address(text)));
    }

    private static URI address(String text) {
        return Endpoint.parse(matching(text, "https?://[^/@]+/?"), "https", "http");
    }

    private static Map<String, Setting<String>> voices(
            Section section, Setting<PollyEngine> engine, Setting<Overflow> overflow) {
        Map<String, Setting<String>> voices = new LinkedHashMap<>();
        section.raw()
                .fieldNames()
                .forEachRemaining(tag -> voices.put(tag, voice(section, tag, engine, overflow)));
        return voices;
    }

    private static Setting<String> voice(
            Section section, String tag, Setting<PollyEngine> engine, Setting<Overflow> overflow) {
        Setting<String> voice =
                section.value(
                        tag,
                        "a voice's name, under a language such as es or es-MX",
                        text -> {
                            new Language(tag);
                            return matching(text, Voices.NAME);
                        });
        return section.check(
                tag,
                voice,
                "a voice of that language that speaks with engines.polly.engine, and with the"
                        + " standard engine unless engines.polly.overflow is none",
                name -> PollySettings.suits(name, new Language(tag), engine.get(), overflow.get()));
    }

    private static OptionalInt rate(String text) {
        if (text.equals(NONE)) {
            return OptionalInt.empty();
        }
        int percent = Integer.parseInt(text);
        if (percent < 20 || percent > 200) {
            throw new IllegalArgumentException();
        }
        return OptionalInt.of(percent);
    }

    private static Setting<Deadlines> deadlines(Section section) {
        Setting<Duration> first = wait(section, "first-audio-timeout", Duration.ofMillis(100));
        Setting<Duration> next = wait(section, "next-audio-timeout", Duration.ofMillis(100));
        Setting<Duration> queue = wait(section, "queue-timeout", Duration.ZERO);
        return section.make(() -> new Deadlines(first.get(), next.get(), queue.get()));
    }

    private static Setting<Duration> wait(Section section, String key, Duration least) {
        return section.duration(key, least, Duration.ofSeconds(30));
    }

    private static Setting<Map<PollyEngine, Quota>> quotas(Section section) {
        Map<PollyEngine, Setting<Quota>> quotas = new EnumMap<>(PollyEngine.class);
        for (PollyEngine engine : PollyEngine.values()) {
            quotas.put(engine, quota(section.section(engine.id())));
        }
        return section.make(
                () -> {
                    Map<PollyEngine, Quota> all = new EnumMap<>(PollyEngine.class);
                    quotas.forEach((engine, quota) -> all.put(engine, quota.get()));
                    return all;
                });
    }

    private static Setting<Quota> quota(Section section) {
        Setting<Integer> rate = section.integer("rate", 1, 10_000);
        Setting<Integer> burst =
                section.check(
                        "burst",
                        section.integer("burst", 2, 20_000),
                        "more than the rate",
                        most -> most > rate.get());
        return section.make(() -> new Quota(rate.get(), burst.get()));
    }

    private static Setting<Cache> cache(Section section) {
        Setting<Integer> mebibytes = section.integer("mebibytes", 0, 1024);
        Setting<Integer> longest = section.integer("max-characters", 1, 3000);
        return section.make(() -> new Cache((long) mebibytes.get() * MIB, longest.get()));
    }

    private static String matching(String text, String pattern) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
