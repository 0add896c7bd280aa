package io.sandalphone.harness.fakes.assemblyai;

/// A word as it was recognised: in which language (`en`, `es`), from when to when, in milliseconds of
/// the session's audio.
public record HeardWord(String text, String language, long start, long end) {
    private static final String HUM = "mmm";

    /// A sound that is nobody's word, as recognizers of English write it. A part of it reads like the
    /// whole.
    static HeardWord hum(long start, long end) {
        return new HeardWord(HUM, "en", start, end);
    }

    boolean isHum() {
        return text.equals(HUM);
    }

    HeardWord until(long end) {
        return new HeardWord(text, language, start, end);
    }

    HeardWord withText(String text) {
        return new HeardWord(text, language, start, end);
    }
}
