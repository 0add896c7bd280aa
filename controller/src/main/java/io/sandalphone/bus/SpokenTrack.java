package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;
import io.sandalphone.telephony.LegMedia;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/// The track of a bus on which its listener is spoken to, one talk spurt after another, as
/// [io.sandalphone.telephony.LegAudio#speak] promises. Up to three frames (the cushion) wait between the
/// mouth and the mix. Holds no clock: 20 ms pass with each [#next].
final class SpokenTrack {
    /// What the mouth may be late by without being heard, in frames.
    static final int CUSHION = 3;

    private final Deque<short[]> cushion = new ArrayDeque<>(CUSHION);
    private @Nullable FrameSource mouth;
    private Runnable drained = () -> {};
    // Counts the spurts.
    private long spurt;
    private boolean asking;
    // The mouth had nothing when it was asked last.
    private boolean dry;
    private long handedOver;
    private long mixed;
    // Which of the reports that all was played counts.
    private long report;
    private boolean reportAsked;
    private boolean played;
    private final Deque<Awaited> awaited = new ArrayDeque<>();

    /// Somebody wants to know when so many frames have been played.
    private record Awaited(long frames, Runnable played) {}

    /// Begins a spurt, unless one goes on.
    void open(FrameSource mouth, Runnable drained) {
        if (this.mouth == null) {
            this.mouth = mouth;
            this.drained = drained;
            spurt++;
            noneYetPlayed();
        }
    }

    /// Ends the spurt without a word, and drops what waits.
    void close() {
        mouth = null;
        spurt++;
        cushion.clear();
        awaited.clear();
        mixed = handedOver;
    }

    /// What is to be mixed now, or null. Throws what the mouth throws.
    short @Nullable [] next() {
        fill();
        short[] frame = cushion.pollFirst();
        if (frame != null) {
            mixed++;
            noneYetPlayed();
        }
        return frame;
    }

    private void fill() {
        FrameSource asked = mouth;
        long own = spurt;
        while (asked != null && cushion.size() < CUSHION) {
            AudioFrame frame = ask(asked);
            // The mouth may end its own spurt.
            if (spurt != own) {
                return;
            }
            dry = frame == null;
            if (frame == null) {
                return;
            }
            if (frame.rate() != AudioFrame.TELEPHONE_RATE) {
                throw new IllegalArgumentException("a bus runs at 8000 Hz, not " + frame.rate());
            }
            cushion.addLast(frame.pcm());
            handedOver++;
        }
    }

    private @Nullable AudioFrame ask(FrameSource asked) {
        asking = true;
        try {
            return asked.poll();
        } finally {
            asking = false;
        }
    }

    private void noneYetPlayed() {
        report++;
        reportAsked = false;
        played = false;
    }

    /// What was mixed has been sent to `listener`. When with that the spurt is over, returns what it
    /// wanted run then.
    @Nullable Runnable sent(LegMedia listener) {
        while (!awaited.isEmpty() && awaited.getFirst().frames() <= mixed) {
            listener.whenToldPlayed(awaited.removeFirst().played());
        }
        if (mouth == null || !dry || !cushion.isEmpty()) {
            return null;
        }
        if (played) {
            mouth = null;
            return drained;
        }
        if (!reportAsked) {
            reportAsked = true;
            long mine = report;
            listener.whenPlayed(
                    () -> {
                        if (mine == report) {
                            played = true;
                        }
                    });
        }
        return null;
    }

    /// Runs `played` when the carrier says that it has played the frame that the mouth is just being asked for, or the next one.
    void whenPlayed(Runnable played) {
        awaited.addLast(new Awaited(handedOver + 1, played));
    }

    /// How many frames the mouth has handed over since the track began.
    long handedOver() {
        return handedOver;
    }

    /// How many of those were mixed, or dropped.
    long mixed() {
        return mixed;
    }

    /// Whether the mouth is just being asked for a frame.
    boolean asking() {
        return asking;
    }
}
