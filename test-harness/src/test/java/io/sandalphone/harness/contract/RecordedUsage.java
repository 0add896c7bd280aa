package io.sandalphone.harness.contract;

import io.sandalphone.speech.Usage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what engines report of their use. Thread-safe.
public final class RecordedUsage implements Usage {
    private final List<Item> items = new CopyOnWriteArrayList<>();

    /// Something used: milliseconds listened, or characters translated or spoken.
    public record Item(String what, String tariff, long amount) {}

    @Override
    public void listened(String tariff, Duration time) {
        items.add(new Item("listened", tariff, time.toMillis()));
    }

    @Override
    public void translated(String tariff, int characters) {
        items.add(new Item("translated", tariff, characters));
    }

    @Override
    public void spoken(String tariff, int characters) {
        items.add(new Item("spoken", tariff, characters));
    }

    public List<Item> items() {
        return List.copyOf(items);
    }
}
