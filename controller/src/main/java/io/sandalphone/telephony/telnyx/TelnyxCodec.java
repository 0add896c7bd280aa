package io.sandalphone.telephony.telnyx;

import io.sandalphone.media.codec.G711;
import io.sandalphone.telephony.stream.SoundCoding;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A coding of sound by the name that Telnyx gives it (Telnyx, "Media streaming").
public enum TelnyxCodec {
    /// G.711 mu-law at 8 kHz.
    PCMU(8000),
    /// G.711 A-law at 8 kHz.
    PCMA(8000),
    /// Linear samples of 16 bits at 16 kHz.
    L16(16_000);

    private final int rate;

    TelnyxCodec(int rate) {
        this.rate = rate;
    }

    /// In samples per second.
    int rate() {
        return rate;
    }

    /// The one that a stream announces, of one channel.
    static Optional<TelnyxCodec> announced(String encoding, long rate) {
        return Arrays.stream(values())
                .filter(codec -> codec.name().equals(encoding.toUpperCase(Locale.ROOT)))
                .filter(codec -> codec.rate == rate)
                .findFirst();
    }

    /// For one direction of one stream; `linear` is which byte of a linear sample comes first.
    SoundCoding coding(ByteOrder linear) {
        return switch (this) {
            case PCMU -> SoundCoding.of(G711.MU_LAW);
            case PCMA -> SoundCoding.of(G711.A_LAW);
            case L16 -> SoundCoding.linear(linear);
        };
    }
}
