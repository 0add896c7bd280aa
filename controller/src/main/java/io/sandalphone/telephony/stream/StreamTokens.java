package io.sandalphone.telephony.stream;

import io.sandalphone.time.NanoClock;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The one-time words with which a carrier's sockets are told apart: each stands for what was announced
/// with it, until it is redeemed, withdrawn or too old. 160 bits of chance, so nobody guesses one.
///
/// A word that was redeemed is remembered for as long as an unused one would be, so that its second use
/// is known for what it is. Thread-safe.
public final class StreamTokens<T> {
    private static final int BYTES = 20;

    private final SecureRandom chance = new SecureRandom();
    private final long lifeNanos;
    private final NanoClock clock;
    // In the order in which they were issued, the oldest first.
    private final Map<String, Entry<T>> entries = new LinkedHashMap<>();
    private final Map<T, Set<String>> unused = new HashMap<>();

    private static final class Entry<T> {
        final long issued;
        // Null once it was used.
        @Nullable T announced;
        boolean claimed;

        Entry(T announced, long issued) {
            this.announced = announced;
            this.issued = issued;
        }
    }

    /// What came of a word.
    public sealed interface Redemption<T> {
        /// It was used for the first time.
        record Redeemed<T>(T announced) implements Redemption<T> {}

        /// It was used before.
        record Used<T>() implements Redemption<T> {}

        /// Nobody issued it, or it was withdrawn, or its time is over.
        record Unknown<T>() implements Redemption<T> {}
    }

    /// `life` is how long a word may wait for its use.
    public StreamTokens(Duration life, NanoClock clock) {
        this.lifeNanos = life.toNanos();
        this.clock = clock;
    }

    /// A new word that stands for `announced`: letters, digits, `-` and `_`, so that it can be part of a
    /// path.
    public synchronized String issue(T announced) {
        var bytes = new byte[BYTES];
        chance.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        issue(announced, token);
        return token;
    }

    /// Lets `word` stand for `announced`, once, from now on: also one that was used before, or that another program
    /// issued. It has to be as hard to guess as those that are made here, and fit to be part of a path.
    public synchronized void issue(T announced, String word) {
        forgetOld();
        Entry<T> before = entries.remove(word);
        if (before != null && before.announced != null) {
            noLongerUnused(word, before.announced);
        }
        entries.put(word, new Entry<>(announced, clock.nanoTime()));
        unused.computeIfAbsent(announced, _ -> new HashSet<>()).add(word);
    }

    /// Uses a word.
    public synchronized Redemption<T> redeem(String token) {
        forgetOld();
        Entry<T> entry = entries.get(token);
        if (entry == null) {
            return new Redemption.Unknown<>();
        }
        T announced = entry.announced;
        if (announced == null) {
            return new Redemption.Used<>();
        }
        entry.announced = null;
        noLongerUnused(token, announced);
        return new Redemption.Redeemed<>(announced);
    }

    /// Reserves a word for the one who shows it, until they redeem or release it. Returns whether it was there to be
    /// reserved: issued, unused, and nobody else's.
    public synchronized boolean claim(String token) {
        forgetOld();
        Entry<T> entry = entries.get(token);
        if (entry == null || entry.announced == null || entry.claimed) {
            return false;
        }
        entry.claimed = true;
        return true;
    }

    /// The one who had claimed a word goes without having redeemed it.
    public synchronized void release(String token) {
        Entry<T> entry = entries.get(token);
        if (entry != null) {
            entry.claimed = false;
        }
    }

    /// Takes all words back that stand for `announced` and were not used.
    public synchronized void withdraw(T announced) {
        Set<String> tokens = unused.remove(announced);
        if (tokens != null) {
            tokens.forEach(entries::remove);
        }
    }

    private void noLongerUnused(String token, T announced) {
        Set<String> tokens = unused.get(announced);
        if (tokens != null && tokens.remove(token) && tokens.isEmpty()) {
            unused.remove(announced);
        }
    }

    private void forgetOld() {
        long now = clock.nanoTime();
        Iterator<Map.Entry<String, Entry<T>>> oldest = entries.entrySet().iterator();
        boolean old = true;
        while (old && oldest.hasNext()) {
            Map.Entry<String, Entry<T>> next = oldest.next();
            old = now - next.getValue().issued > lifeNanos;
            if (old) {
                oldest.remove();
                T announced = next.getValue().announced;
                if (announced != null) {
                    noLongerUnused(next.getKey(), announced);
                }
            }
        }
    }
}
