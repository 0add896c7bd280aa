package io.sandalphone.providers.google;

import io.sandalphone.speech.Usage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what was billed.
final class MeteredUsage implements Usage {
    private final List<String> billed = new CopyOnWriteArrayList<>();

    /// What was billed, in order: `google-nmt 12`.
    List<String> billed() {
        return billed;
    }

    @Override
    public void listened(String tariff, Duration time) {
        throw new AssertionError("nothing listens here");
    }

    @Override
    public void translated(String tariff, int characters) {
        billed.add(tariff + ' ' + characters);
    }

    @Override
    public void spoken(String tariff, int characters) {
        throw new AssertionError("nothing speaks here");
    }
}
