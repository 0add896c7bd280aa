package io.sandalphone.harness.tone;

/// A word that was heard: from when to when, in milliseconds of the sound it was found in, and how
/// loud on average (dBov).
public record HeardTone(ToneWord word, long startMillis, long endMillis, double level) {
    public long millis() {
        return endMillis - startMillis;
    }
}
