package io.sandalphone.telephony.http;

import io.sandalphone.media.codec.Downsampler;
import io.sandalphone.media.codec.G711;
import io.sandalphone.media.codec.Upsampler;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How sound stands in a body. Both are mono.
enum SoundFormat {
    /// G.711 mu-law at 8 kHz (RFC 2046, section 4.2).
    ULAW("audio/basic", 8),
    /// 16-bit samples at 16 kHz, the high byte first (RFC 2586).
    SLIN16("audio/L16;rate=16000", 32);

    private final String contentType;
    private final int bytesPerMilli;

    SoundFormat(String contentType, int bytesPerMilli) {
        this.contentType = contentType;
        this.bytesPerMilli = bytesPerMilli;
    }

    /// As it is called in `POST /asterisk/inbound`.
    static Optional<SoundFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /// The one that a `Content-Type` names; `otherwise` where there is none.
    static Optional<SoundFormat> ofContentType(@Nullable String header, SoundFormat otherwise) {
        if (header == null) {
            return Optional.of(otherwise);
        }
        String type = header.replace(" ", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(
                        format -> {
                            String own = format.contentType.toLowerCase(Locale.ROOT);
                            return type.equals(own) || type.equals(own + ";channels=1");
                        })
                .findFirst();
    }

    String contentType() {
        return contentType;
    }

    /// How many bytes so many milliseconds have.
    int bytes(int millis) {
        return millis * bytesPerMilli;
    }

    /// Whether so many bytes are samples that are whole at 8 kHz too.
    boolean isWhole(int bytes) {
        return this == ULAW || bytes % 4 == 0;
    }

    /// Between bodies of one direction of one leg and 8 kHz, one after another.
    static final class Codec {
        private final Downsampler down = new Downsampler();
        private final Upsampler up = Upsampler.narrowBand();

        /// The sound in `body`, at 8 kHz.
        short[] decode(SoundFormat format, byte[] body) {
            var bytes = ByteBuffer.wrap(body);
            if (format == ULAW) {
                return G711.MU_LAW.decode(bytes, 0, body.length);
            }
            var pcm = new short[body.length / 2];
            bytes.asShortBuffer().get(pcm);
            return down.resample(pcm);
        }

        /// Sound at 8 kHz as a body.
        byte[] encode(SoundFormat format, short[] pcm) {
            if (format == ULAW) {
                var bytes = ByteBuffer.allocate(pcm.length);
                G711.MU_LAW.encode(pcm, bytes, 0);
                return bytes.array();
            }
            var bytes = ByteBuffer.allocate(4 * pcm.length);
            bytes.asShortBuffer().put(up.resample(pcm));
            return bytes.array();
        }
    }
}
