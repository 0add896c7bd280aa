package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Holds one voice back for as long as its frames come unevenly, 40 to 120 ms, and gives 20 ms of it
/// whenever they are due.
///
/// The delay is that of a frame against the earliest of the last ten seconds. It follows the jitter of
/// those ten seconds by leaving 20 ms out or saying them twice, where it is quiet if possible (a little sooner
/// there), and so follows a far end whose clock is faster or slower than ours as well. What does not come in time is
/// made up for by repetition that fades ([Concealer]), and the voice waits for it while the delay allows;
/// after 60 ms of that it has starved, and begins again when it is buffered. Frames are put in the order
/// of their positions. A gap in those longer than the delay is a pause, or another numbering, and is not
/// played.
///
/// When we are late ourselves, and the next 20 ms are overdue, a frame that comes is in time for them: it
/// counts as no more late than it must be, or each of our own stalls would be taken for the network's and
/// held against it for ten seconds.
///
/// Holds no clock: the time is given, and counted in samples.
final class PlayoutBuffer {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    /// Nanoseconds of a sample at 8 kHz.
    private static final long SAMPLE_NANOS = 125_000;

    /// What is aimed for: the jitter and one frame, within these bounds. The delay is at most one frame
    /// longer.
    private static final long SHORTEST = 2L * FRAME;

    private static final long LONGEST_AIM = 5L * FRAME;

    /// The longest delay.
    static final long BOUND = 6L * FRAME;

    /// How many frames are kept: the longest delay, and the one that has just come.
    static final int MOST_FRAMES = 7;

    /// How many frames in a row may be behind before they are believed to be of another numbering.
    private static final int BEHIND = 5;

    /// Positions that stand more than a second elsewhere are of another numbering at once.
    private static final long ANOTHER = 50L * FRAME;

    /// Below this nobody hears that 20 ms are missing or said twice: about -42 dBov.
    private static final int QUIET = 256;

    /// So much beyond what is aimed for is 20 ms less where it is quiet: with them left out it is still less below
    /// than would make it longer again.
    private static final long TOO_LONG = 5L * FRAME / 8;

    /// How many frames a change of the delay waits for a quiet moment: half a second.
    private static final int PATIENCE = 25;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final BusMeters meters;
    private final Concealer concealer = new Concealer();
    private final JitterMeter jitter = new JitterMeter();
    private final List<AudioFrame> frames = new ArrayList<>(MOST_FRAMES + 1);

    private boolean playing;
    // When the last 20 ms were due that were asked for.
    private long polled = NEVER;
    // The position that is to be played next.
    private long next;
    // How many frames in a row were made up because nothing had come.
    private int dry;
    // How much was made up while waiting for what is next.
    private long waited;
    private int behind;
    private int impatience;

    PlayoutBuffer(BusMeters meters) {
        this.meters = meters;
    }

    /// A frame that comes at `nowNanos`.
    void offer(AudioFrame frame, long nowNanos) {
        boolean anew = !playing && frames.isEmpty();
        long now = nowNanos / SAMPLE_NANOS;
        if (!anew) {
            now = came(frame, now);
        }
        if (!anew && Math.abs(now - frame.position() - jitter.base()) > ANOTHER) {
            forget();
        }
        if (playing && frame.end() <= next && !restarts()) {
            meters.late().increment();
            jitter.arrived(frame.position(), now);
            return;
        }
        behind = 0;
        if (anew) {
            jitter.rebase(now - frame.position());
        }
        jitter.arrived(frame.position(), now);
        insert(frame);
        if (frames.size() > MOST_FRAMES) {
            dropFirst();
        }
    }

    /// When a frame came that is there `now`, which is when the earliest of its kind would have, if what is due
    /// was late and the frame is not.
    private long came(AudioFrame frame, long now) {
        boolean overdue = polled != NEVER && now > polled + FRAME;
        return overdue ? Math.clamp(frame.position() + jitter.base(), polled, now) : now;
    }

    /// A frame is behind what was played. Gives whether that goes on for so long that the far end must
    /// have begun to count anew, and then what was there is forgotten.
    private boolean restarts() {
        behind++;
        if (behind < BEHIND) {
            return false;
        }
        forget();
        return true;
    }

    private void insert(AudioFrame frame) {
        int at = frames.size();
        while (at > 0 && frames.get(at - 1).position() >= frame.position()) {
            at--;
        }
        if (at < frames.size() && frames.get(at).position() == frame.position()) {
            meters.duplicate().increment();
        } else {
            frames.add(at, frame);
        }
    }

    private void dropFirst() {
        AudioFrame first = frames.removeFirst();
        next = first.end();
        meters.excess().increment();
    }

    /// Forgets what has come and how it came.
    void forget() {
        frames.clear();
        jitter.forget();
        concealer.forget();
        playing = false;
        polled = NEVER;
        behind = 0;
    }

    /// The next 20 ms, which are due at `nowNanos`; null for silence.
    short @Nullable [] poll(long nowNanos) {
        long now = nowNanos / SAMPLE_NANOS;
        polled = now;
        if (!playing && !begin(now)) {
            return null;
        }
        while (frames.size() > 1 && delay(now) > BOUND) {
            dropFirst();
        }
        return frames.isEmpty() ? starve(now) : play(now);
    }

    private boolean begin(long now) {
        if (frames.isEmpty()) {
            return false;
        }
        next = frames.getFirst().position();
        // The nearest tick: half a frame sooner or later than what is aimed for.
        playing = delay(now) >= aim() - FRAME / 2;
        dry = 0;
        waited = 0;
        impatience = 0;
        return playing;
    }

    /// How long after the earliest of its kind what is next is played.
    private long delay(long now) {
        return now - next - jitter.base();
    }

    private long aim() {
        return Math.clamp(jitter.spread() + FRAME, SHORTEST, LONGEST_AIM);
    }

    private short @Nullable [] starve(long now) {
        if (dry == 0) {
            meters.starved().increment();
        }
        dry++;
        if (dry > Concealer.FRAMES) {
            playing = false;
            return null;
        }
        if (delay(now) + FRAME > BOUND) {
            next += FRAME;
        } else {
            waited += FRAME;
        }
        return conceal();
    }

    private short[] conceal() {
        meters.concealed().increment();
        return concealer.conceal();
    }

    private short[] play(long now) {
        AudioFrame first = frames.getFirst();
        dry = 0;
        long gap = first.position() - next;
        if (gap >= FRAME) {
            // What was waited for will not come, and has been made up for already.
            long lost = Math.min(gap, waited);
            next += lost;
            gap -= lost;
        }
        waited = 0;
        if (gap >= FRAME && gap <= BOUND) {
            next += FRAME;
            return conceal();
        }
        next = first.position();
        long off = delay(now) - aim();
        if (frames.size() > 1 && isTooLong(off, first)) {
            frames.removeFirst();
            AudioFrame second = frames.removeFirst();
            next = second.end();
            meters.shortened().increment();
            return concealer.heard(Concealer.shorten(first.pcm(), second.pcm()));
        }
        if (off < -FRAME / 2 && opportune(first)) {
            meters.lengthened().increment();
            return concealer.lengthen();
        }
        if (off <= FRAME && off >= -FRAME / 2) {
            impatience = 0;
        }
        frames.removeFirst();
        next = first.end();
        return concealer.heard(first.pcm());
    }

    /// Whether what is `off` beyond the aim is made shorter with `first`.
    private boolean isTooLong(long off, AudioFrame first) {
        return off > FRAME ? opportune(first) : off > TOO_LONG && quiet(first.pcm());
    }

    /// Whether the delay may be changed now: it is quiet, or has not been for too long.
    private boolean opportune(AudioFrame frame) {
        impatience++;
        boolean now = impatience > PATIENCE || quiet(frame.pcm());
        if (now) {
            impatience = 0;
        }
        return now;
    }

    /// How much later than the earliest frame of the last ten seconds the latest came.
    long jitterNanos() {
        return jitter.spread() * SAMPLE_NANOS;
    }

    /// Whether nobody hears it when these 20 ms are missing.
    static boolean quiet(short[] pcm) {
        for (short sample : pcm) {
            if (sample >= QUIET || sample <= -QUIET) {
                return false;
            }
        }
        return true;
    }
}
