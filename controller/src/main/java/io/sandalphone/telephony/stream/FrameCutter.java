package io.sandalphone.telephony.stream;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;

import java.util.Arrays;

/// Cuts sound that comes in pieces of any length into frames of 20 ms at 8 kHz, each with its position
/// on the carrier's clock. Pieces come in order; one that belongs before what was cut already is left
/// out.
///
/// A piece whose time fits, within less than a frame, to where the one before it ended goes on from
/// there: carriers round to milliseconds. A later one leaves a gap in the positions. A time that lies too
/// far off in either direction is no time of this stream; the sound then goes on where it was.
final class FrameCutter {
    private static final int RATE = AudioFrame.TELEPHONE_RATE;
    private static final int FRAME = AudioFrame.samples(RATE);
    private static final int SAMPLES_PER_MILLI = RATE / 1000;
    // A sender that is behind by more counts anew; one that is ahead by more cannot be believed.
    private static final long FARTHEST_BEHIND = 2L * RATE;
    private static final long FARTHEST_AHEAD = 60L * RATE;

    private final short[] rest = new short[FRAME];
    private int resting;
    // Of the first sample in `rest`, or of the next one that comes.
    private long position;
    // What is to be added to the carrier's times.
    private long shift;
    private boolean begun;

    FrameCutter() {
        this(0);
    }

    /// Positions begin at `first`, and go on from there whatever the first piece's time is.
    FrameCutter(long first) {
        position = first;
    }

    /// Takes a piece, hands on the frames that are whole, and says how many samples came too late.
    int cut(short[] pcm, long millis, FrameSink ears) {
        if (pcm.length == 0) {
            return 0;
        }
        if (millis >= 0 && !place(millis * SAMPLES_PER_MILLI, ears)) {
            return pcm.length;
        }
        int taken = 0;
        while (taken < pcm.length) {
            int part = Math.min(FRAME - resting, pcm.length - taken);
            System.arraycopy(pcm, taken, rest, resting, part);
            resting += part;
            taken += part;
            if (resting == FRAME) {
                handOn(ears);
            }
        }
        return 0;
    }

    /// Goes to where a piece belongs; false when that is behind what was cut already.
    private boolean place(long carriers, FrameSink ears) {
        if (!begun) {
            begun = true;
            shift = position + resting - carriers;
            return true;
        }
        long ahead = carriers + shift - (position + resting);
        if (Math.abs(ahead) < FRAME) {
            return true;
        }
        if (ahead < -FARTHEST_BEHIND || ahead > FARTHEST_AHEAD) {
            shift -= ahead;
            return true;
        }
        if (ahead < 0) {
            return false;
        }
        long next = position + resting + ahead;
        if (resting > 0) {
            Arrays.fill(rest, resting, FRAME, (short) 0);
            handOn(ears);
        }
        position = next;
        return true;
    }

    private void handOn(FrameSink ears) {
        ears.accept(new AudioFrame(rest.clone(), RATE, position));
        position += FRAME;
        resting = 0;
    }

    /// The position of the next sample.
    long end() {
        return position + resting;
    }
}
