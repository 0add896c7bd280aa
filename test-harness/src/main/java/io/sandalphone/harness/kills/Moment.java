package io.sandalphone.harness.kills;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// What a call is in the midst of when the gateway is killed.
///
/// A moment begins so long before the kill as chance says, between two bounds, in milliseconds.
public enum Moment {
    /// The caller has just called; nobody rings yet, or only just.
    ARRIVING(0, "arriving", 0, 150, false),
    /// The destination's telephone rings, and is answered later.
    RINGING(1, "ringing", 0, 0, false),
    /// The destination answers at once, and the two are being joined.
    JOINING(2, "being joined", 30, 500, false),
    /// Two are joined, and nobody speaks.
    SILENT(3, "nobody speaks", 0, 0, true),
    /// The caller speaks.
    SPEAKING(4, "in mid-phrase", 50, 1250, true),
    /// The caller has said a word, whose translation is under way or sounds.
    TRANSLATING(5, "in mid-translation", 300, 1400, true),
    /// The caller speaks under their translation.
    DUCKED(6, "under a translation", 0, 1000, true),
    /// The destination has put the caller on hold.
    ON_HOLD(7, "on hold", 0, 0, true),
    /// One of the two has hung up.
    HANGING_UP(8, "hanging up", 0, 60, false),
    /// An agent greets the caller.
    GREETED(9, "greeted by an agent", 0, 700, false);

    private final int line;
    private final String words;
    private final int leastMillis;
    private final int mostMillis;
    private final boolean talking;

    Moment(int line, String words, int leastMillis, int mostMillis, boolean talking) {
        this.line = line;
        this.words = words;
        this.leastMillis = leastMillis;
        this.mostMillis = mostMillis;
        this.talking = talking;
    }

    /// The last digit of the numbers of its calls.
    int line() {
        return line;
    }

    /// Whether two people talk at the time of the kill, and go on talking.
    boolean isTalking() {
        return talking;
    }

    /// Whether two people are joined before anything else happens.
    boolean isJoined() {
        return talking || this == HANGING_UP;
    }

    /// How long before the kill it begins.
    Duration lead(RandomGenerator chance) {
        return Duration.ofMillis(chance.nextInt(leastMillis, mostMillis + 1));
    }

    @Override
    public String toString() {
        return words;
    }
}
