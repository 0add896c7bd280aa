package io.sandalphone.call;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.G711;
import io.sandalphone.speech.Language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;

/// What a caller hears who dialled an emergency number: that nobody is put through, and what to do instead. It stands in
/// the jar as sound, spoken by SVOX Pico, so that it needs no engine and no network.
///
/// - `emergency-en.ulaw`: "Emergency calls are not possible here. Please hang up, and dial the emergency number on another
///   telephone."
/// - `emergency-es.ulaw`: "Desde aquí no se puede llamar a emergencias. Por favor, cuelgue, y marque el número de emergencias
///   en otro teléfono."
final class EmergencyHint {
    /// The carrier over which nobody is rung: a caller at Asterisk hears the hint by a way of sound that passes through
    /// us, as in a call with another carrier.
    static final String VIA = "emergency-hint";

    private static final short[] ENGLISH = load("emergency-en.ulaw");
    private static final short[] SPANISH = load("emergency-es.ulaw");
    private static final short[] BOTH = both();

    private EmergencyHint() {}

    /// As 8 kHz mono PCM: in `language`, or in both that we have where it is neither. Nobody writes it.
    static short[] in(Language language) {
        return switch (language.base()) {
            case "en" -> ENGLISH;
            case "es" -> SPANISH;
            default -> BOTH;
        };
    }

    static Duration length(short[] hint) {
        return Duration.ofMillis(hint.length * 1000L / AudioFrame.TELEPHONE_RATE);
    }

    private static short[] both() {
        short[] both = Arrays.copyOf(ENGLISH, ENGLISH.length + SPANISH.length);
        System.arraycopy(SPANISH, 0, both, ENGLISH.length, SPANISH.length);
        return both;
    }

    private static short[] load(String name) {
        try (InputStream file = EmergencyHint.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("not in the jar: " + name);
            }
            return G711.MU_LAW.decode(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
