package io.sandalphone.harness.fakes.assemblyai;

/// A word as it was recognised: in which language (`en`, `es`), from when to when, in milliseconds of
/// the session's audio.
public record HeardWord(String text, String language, long start, long end) {
    HeardWord withText(String text) {
        return new HeardWord(text, language, start, end);
    }
}
