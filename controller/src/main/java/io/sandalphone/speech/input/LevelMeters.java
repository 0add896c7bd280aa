package io.sandalphone.speech.input;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.metrics.MeterGroup;
import io.sandalphone.telephony.Party;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// How loud people are, by carrier and party. Thread-safe.
public final class LevelMeters {
    /// From a voice that is too loud for the telephone to one that nobody understands; what is usual is 15 to 30 dB below.
    private static final double[] DECIBELS = {5, 10, 15, 20, 25, 30, 35, 40, 45, 50};

    private final MeterGroup group;
    private final Map<String, Map<Party, Leg>> legs = new ConcurrentHashMap<>();

    private LevelMeters(MeterRegistry registry) {
        group = new MeterGroup(registry, "leg");
    }

    public static LevelMeters register(MeterRegistry registry) {
        return new LevelMeters(registry);
    }

    /// Those of the legs of a party at `carrier`, which is the [name][io.sandalphone.telephony.Carrier#name] of one.
    public Leg of(String carrier, Party party) {
        return Objects.requireNonNull(legs.computeIfAbsent(carrier, this::both).get(party));
    }

    private Map<Party, Leg> both(String carrier) {
        Map<Party, Leg> both = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            both.put(party, leg(carrier, party));
        }
        return both;
    }

    private Leg leg(String carrier, Party party) {
        String[] tags = {"carrier", carrier, "party", name(party)};
        Map<Sound, Counter> heard = new EnumMap<>(Sound.class);
        for (Sound sound : Sound.values()) {
            heard.put(
                    sound,
                    group.counter(
                            "heard",
                            "frames",
                            "Frames of 20 ms that were heard of a party, by what is in them",
                            "carrier",
                            carrier,
                            "party",
                            name(party),
                            "sound",
                            name(sound)));
        }
        return new Leg(
                heard,
                group.summary(
                        "level",
                        "decibels",
                        "How far below the greatest level (0 dBov) speech was, each second of it",
                        DECIBELS,
                        tags),
                group.counter(
                        "clipped",
                        "samples",
                        "Samples at the limit of what the coding can hold, of 160 in a frame",
                        tags));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /// Those of the legs of one carrier and party.
    public static final class Leg {
        private final Map<Sound, Counter> heard;
        private final DistributionSummary level;
        private final Counter clipped;

        private Leg(Map<Sound, Counter> heard, DistributionSummary level, Counter clipped) {
            this.heard = Map.copyOf(heard);
            this.level = level;
            this.clipped = clipped;
        }

        Counter heard(Sound sound) {
            return Objects.requireNonNull(heard.get(sound));
        }

        DistributionSummary level() {
            return level;
        }

        Counter clipped() {
            return clipped;
        }
    }
}
