package io.sandalphone.harness.sip;

import java.time.Duration;

/// What a phone does when it is called.
public sealed interface Answer {
    /// Rings for a while, then answers. With `earlyMedia` it lets the caller hear it (and it the
    /// caller) while it rings: 183 with a session description in place of 180.
    record Accept(Duration ring, boolean earlyMedia) implements Answer {}

    /// Rings for a while, or not at all when that is zero, then refuses with `status`.
    record Refuse(Duration ring, int status) implements Answer {
        public Refuse {
            if (status < 300 || status > 699) {
                throw new IllegalArgumentException(status + " refuses no call");
            }
        }
    }

    /// Rings until the test answers or refuses, or the caller gives up.
    record Ring() implements Answer {}

    /// Says nothing at all, as a host that is down.
    record Ignore() implements Answer {}

    /// Answers after ringing for `ring`.
    static Answer after(Duration ring) {
        return new Accept(ring, false);
    }

    /// Answers at once.
    static Answer atOnce() {
        return after(Duration.ZERO);
    }

    /// Plays early media for `ring`, then answers.
    static Answer afterEarlyMedia(Duration ring) {
        return new Accept(ring, true);
    }

    /// Refuses at once, with a status such as 486 (busy), 603 (declined), 480 or 503.
    static Answer refuse(int status) {
        return new Refuse(Duration.ZERO, status);
    }

    /// Rings, and leaves the rest to the test.
    static Answer ring() {
        return new Ring();
    }

    /// Is not there.
    static Answer ignore() {
        return new Ignore();
    }
}
