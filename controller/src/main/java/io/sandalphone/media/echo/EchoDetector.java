package io.sandalphone.media.echo;

import io.sandalphone.media.AudioFrame;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Compares what one telephone was sent with what comes from it, and says of a stretch of that whether it
/// is the same sound again: the echo of a handset, a loudspeaker, or a line.
///
/// Sound is compared in blocks of half a second, and only while something was sent of late and somebody
/// seems to speak: a call in which nothing is sent costs nothing. A telephone is not suspected before two
/// blocks were echoes of the same delay; the delay is then tried first, and forgotten when
/// [#FORGOTTEN_AFTER] blocks hold no echo. As long as none was found the search becomes rarer.
///
/// Times are nanoseconds of the monotonic clock. Holds no thread and reads no clock; runs on the call's
/// loop.
public final class EchoDetector {
    /// What was heard, beside what was sent.
    public enum Verdict {
        /// Nothing that was sent, as far as can be told.
        NONE,
        /// What was sent is part of it.
        PARTLY,
        /// Nothing but what was sent.
        ALONE
    }

    /// The telephone's delay, that of the network, and that of what is sent ahead of its time.
    public static final int LONGEST_DELAY_MILLIS = 800;

    private static final int RATE = HalfRate.RATE;
    private static final int FRAME = HalfRate.FRAME;
    private static final long NANOS_PER_SAMPLE = 1_000_000_000L / RATE;

    private static final int BLOCK_FRAMES = 24;
    private static final int BLOCK = BLOCK_FRAMES * FRAME;
    private static final int DELAYS = millis(LONGEST_DELAY_MILLIS);
    private static final int MARGIN = EchoPath.TAPS;

    /// No less than a block and all delays before it.
    private static final int TRANSFORM = 8192;

    /// How much of what was sent is kept, 2 s: that may be half a second ahead of its time.
    private static final int KEPT = 8192;

    /// Where a search is made, and what was sent before a block: on each thread one for all of its telephones.
    private static final ThreadLocal<Desk> DESK = ThreadLocal.withInitial(Desk::new);

    /// A frame that is sent up to this much later than its turn follows the one before it.
    private static final int LATE = millis(60);

    /// Two talk spurts begin at different places of the grid of 20 ms on which Asterisk plays.
    private static final int SAME_DELAY = millis(45);

    private static final int REMEMBERED = 64;
    private static final int FORGOTTEN_AFTER = 20;

    /// Two voices explain this much of each other in one of some 200 blocks.
    private static final double ECHO = 0.45;

    /// A clean echo explains all of a block but the noise; one that comes through a room, or a loudspeaker
    /// that is too loud, two thirds.
    private static final double ALONE = 0.5;

    /// A block's mean square below which there is nothing to compare, in squared steps of 16-bit sound:
    /// 75 dB under a full tone.
    private static final double FAINT = 17;

    /// More frames than these are no loss, but a silence that was not sent.
    private static final int MOST_LOST = 3;

    /// A block that such a silence breaks off is compared where it has no fewer frames than these.
    private static final int LEAST_FRAMES = BLOCK_FRAMES / 2;

    private static final long NOTHING_HEARD = Long.MIN_VALUE;

    private static final short[] LOST = new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];

    /// Where an utterance begins and ends, a voice detector knows no better.
    private static final long UNSURE = 400 * AudioFrame.TELEPHONE_RATE / 1000;

    /// A block that was compared; one in which nobody speaks has no energy.
    ///
    /// @param start its first position, of what was heard
    /// @param end the position after it
    /// @param explained how much of its energy is what was sent, 0 to 1
    private record Block(long start, long end, double energy, double explained) {
        boolean echo() {
            return explained >= ECHO;
        }

        /// How much of the stretch from `from` to `to` it covers, in samples.
        long covers(long from, long to) {
            return Math.max(0, Math.min(to, end) - Math.max(from, start));
        }
    }

    private static final class Desk {
        final DelaySearch search = new DelaySearch(TRANSFORM);
        final float[] before = new float[MARGIN + DELAYS + BLOCK + MARGIN];
    }

    private final Deque<Block> blocks = new ArrayDeque<>();
    private final HalfRate sentRate = new HalfRate();
    private final HalfRate heardRate = new HalfRate();
    private final float[] heard = new float[BLOCK];
    private float[] sent = {};
    private long sentEnd = Long.MIN_VALUE / 4;

    private int heardFrames;

    /// When the last frame was, and the position after it.
    private long heardAt;

    private long heardEnd = NOTHING_HEARD;

    private boolean speech;
    private long blockStart;

    /// In samples; below zero where none is known.
    private int delay = -1;

    /// Whether echoes of that delay came twice.
    private boolean echoes;

    private int inVain;

    private static int millis(int millis) {
        return millis * RATE / 1000;
    }

    /// `frame` was sent at `nanos`.
    public void sent(AudioFrame frame, long nanos) {
        long now = nanos / NANOS_PER_SAMPLE;
        if (sent.length == 0) {
            sent = new float[KEPT];
        }
        if (now - sentEnd > LATE) {
            for (long at = Math.max(sentEnd, now - KEPT); at < now; at++) {
                sent[Math.floorMod(at, KEPT)] = 0;
            }
            sentEnd = now;
        }
        sentRate.convert(frame.pcm(), sent, Math.floorMod(sentEnd, KEPT));
        sentEnd += FRAME;
    }

    /// `frame` was heard at `nanos`; `speech` says whether somebody seems to speak in it.
    public void heard(AudioFrame frame, boolean speech, long nanos) {
        long now = nanos / NANOS_PER_SAMPLE;
        if (now - sentEnd > DELAYS) {
            heardFrames = 0;
            heardEnd = NOTHING_HEARD;
            return;
        }
        long expected = heardEnd == NOTHING_HEARD ? frame.position() : heardEnd;
        long lost = (frame.position() - expected) / frame.pcm().length;
        if (heardFrames > 0 && lost > 0 && lost <= MOST_LOST) {
            for (int i = 0; i < lost; i++) {
                add(LOST, false, now - (lost - i) * FRAME, expected + (long) i * LOST.length);
            }
        } else if (lost != 0) {
            breakOff(expected);
            if (lost > 0) {
                remember(new Block(expected, frame.position(), 0, 0));
            }
        }
        add(frame.pcm(), speech, now, frame.position());
    }

    /// The block is not filled: nothing comes for a while behind `end`.
    private void breakOff(long end) {
        int frames = heardFrames;
        heardFrames = 0;
        if (frames >= LEAST_FRAMES) {
            Arrays.fill(heard, frames * FRAME, BLOCK, 0);
            compare(heardAt + (long) (BLOCK_FRAMES - frames) * FRAME, end, frames * FRAME);
        }
    }

    private void add(short[] pcm, boolean voiced, long now, long position) {
        if (heardFrames == 0) {
            blockStart = position;
            speech = false;
        }
        speech |= voiced;
        heardRate.convert(pcm, heard, heardFrames * FRAME);
        heardFrames++;
        heardAt = now;
        heardEnd = position + pcm.length;
        if (heardFrames == BLOCK_FRAMES) {
            heardFrames = 0;
            compare(now, position + pcm.length, BLOCK);
        }
    }

    /// Compares the `length` samples of the block that begins a block before `now` and that ends, in positions, with `end`.
    private void compare(long now, long end, int length) {
        double energy = 0;
        for (float value : heard) {
            energy += value * value;
        }
        if (!speech || energy < FAINT * length) {
            remember(new Block(blockStart, end, 0, 0));
            return;
        }
        Desk desk = DESK.get();
        float[] before = desk.before;
        putSent(before, now);
        double explained = 0;
        int found = delay;
        if (delay >= 0) {
            explained = explained(before, delay, length);
        }
        if (explained < ECHO && worthSearching()) {
            int place = desk.search.find(heard, before, MARGIN, DELAYS);
            found = DELAYS - place;
            explained = place < 0 || found == delay ? explained : explained(before, found, length);
        }
        if (explained >= ECHO) {
            echoes = delay >= 0 && (echoes || Math.abs(found - delay) <= SAME_DELAY);
            delay = found;
            inVain = 0;
        } else {
            inVain++;
            if (inVain == FORGOTTEN_AFTER) {
                delay = -1;
                echoes = false;
            }
        }
        remember(new Block(blockStart, end, energy, explained));
    }

    private void remember(Block block) {
        blocks.addLast(block);
        if (blocks.size() > REMEMBERED) {
            blocks.removeFirst();
        }
    }

    /// Puts what was sent from the longest delay before the block until its end into `before`.
    private void putSent(float[] before, long now) {
        long first = now - BLOCK - DELAYS - MARGIN;
        int from = Math.clamp(sentEnd - KEPT - first, 0, before.length);
        int until = Math.clamp(sentEnd - first, from, before.length);
        Arrays.fill(before, 0, from, 0);
        Arrays.fill(before, until, before.length, 0);
        int at = Math.floorMod(first + from, KEPT);
        int part = Math.min(until - from, KEPT - at);
        System.arraycopy(sent, at, before, from, part);
        System.arraycopy(sent, 0, before, from + part, until - from - part);
    }

    private double explained(float[] before, int delay, int length) {
        return EchoPath.explained(heard, length, before, MARGIN + DELAYS - delay);
    }

    /// Most blocks without an echo are a person who speaks, and one phrase of ours has the same delay from
    /// its beginning to its end.
    private boolean worthSearching() {
        return (delay < 0 && inVain < 3) || inVain % (inVain < 32 ? 2 : 4) == 0;
    }

    /// Whether what was sent comes back through a third of the time from position `start` to `end`, or more.
    public boolean lasting(long start, long end) {
        long echo = 0;
        for (Block block : blocks) {
            if (block.echo()) {
                echo += block.covers(start, end);
            }
        }
        return 3 * echo >= end - start;
    }

    /// Whether this telephone is known to send back what it is sent.
    public boolean echoes() {
        return echoes;
    }

    /// What was heard from position `start` to `end`. What was not compared counts as nothing that was
    /// sent, and where no sound came there was nothing to compare.
    public Verdict verdict(long start, long end) {
        double energy = 0;
        double explained = 0;
        boolean echo = false;
        long uncompared = end - start;
        for (Block block : blocks) {
            if (block.end > start && block.start < end) {
                uncompared -= block.covers(start, end);
                energy += block.energy;
                explained += block.energy * block.explained;
                echo |= block.echo();
            }
        }
        if (!echo || !echoes) {
            return Verdict.NONE;
        }
        return explained >= ALONE * energy && uncompared <= UNSURE ? Verdict.ALONE : Verdict.PARTLY;
    }
}
