package io.sandalphone.harness.carrier;

import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.lab.Poll;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Everything that came to pass at a simulated carrier, in order. Thread-safe.
public final class Journal {
    private final List<Happening> happenings = new CopyOnWriteArrayList<>();
    private final List<Consumer<Happening>> readers = new CopyOnWriteArrayList<>();

    /// Tells `reader` of all that happens from now on, on the carrier's loop.
    public void read(Consumer<Happening> reader) {
        readers.add(reader);
    }

    /// All that happened so far.
    public List<Happening> all() {
        return List.copyOf(happenings);
    }

    /// What happened of one kind.
    public List<Happening> of(What what) {
        return happenings.stream().filter(each -> each.what() == what).toList();
    }

    /// What is not as the carrier's documentation wants it: documents it does not understand, streams
    /// that could not be opened or broke, messages it ignored. A stream that the server closed
    /// orderly (31921) is not among them.
    public List<Happening> problems() {
        return happenings.stream()
                .filter(each -> each.code() != 0 && each.code() != StreamEnd.CLOSED.code())
                .toList();
    }

    /// Forgets all that happened so far.
    void forget() {
        happenings.clear();
    }

    /// Waits for the first happening of kind `what` whose detail begins with `detail`.
    public Happening await(Duration patience, What what, String detail) {
        return await(
                patience,
                each -> each.what() == what && each.detail().startsWith(detail),
                what + " " + detail);
    }

    /// Waits for the first happening that is `wanted`; fails after `patience`, saying what there was.
    public Happening await(Duration patience, Predicate<Happening> wanted, String name) {
        Poll.until(
                patience,
                () -> happenings.stream().anyMatch(wanted),
                () -> name + "; there was " + happenings);
        return happenings.stream().filter(wanted).findFirst().orElseThrow();
    }

    void note(String call, What what, int code, String detail) {
        var happening = new Happening(System.nanoTime(), call, what, code, detail);
        happenings.add(happening);
        readers.forEach(reader -> reader.accept(happening));
    }
}
