package io.sandalphone.media;

/// Speech that is played faster than it was spoken, at the pitch it was spoken in: every now and then one
/// period of the voice is left out, where it is most like the next one, and the two are faded into each
/// other (overlap and add in step with the pitch). Between those places, and at a pace of 1, the sound is what
/// came, sample by sample; nothing is held back for it.
///
/// 8 kHz mono PCM. Holds no clock; belongs to one thread.
public final class TimeStretch {
    /// The fastest pace at which speech is still understood without effort.
    public static final double FASTEST = 1.5;

    /// The shortest and the longest period of a voice: 400 and 60 Hz.
    private static final int SHORTEST_PERIOD = AudioFrame.TELEPHONE_RATE / 400;

    private static final int LONGEST_PERIOD = AudioFrame.TELEPHONE_RATE / 60;

    /// What has to have come before a period can be left out.
    private static final int LOOK_AHEAD = 2 * LONGEST_PERIOD;

    /// First every second period is tried, by every second sample; then those around the best one, by all.
    private static final int COARSE = 2;

    /// How like each other two periods have to be (normalised correlation) that one is left out at once.
    private static final double ALIKE = 0.8;

    /// How much may wait to be left out, for a place where it is heard less: 30 ms.
    private static final int MOST_OWED = AudioFrame.TELEPHONE_RATE * 30 / 1000;

    /// How much is looked at as one: 5 ms.
    private static final int BLOCK = AudioFrame.TELEPHONE_RATE * 5 / 1000;

    /// The greatest sample of what is no sound: -46 dBov.
    private static final int QUIET = 164;

    /// What is left of a pause that is shortened, before and behind the place: 120 ms and 20 ms.
    private static final int PAUSE_BEFORE = AudioFrame.TELEPHONE_RATE * 120 / 1000;

    private static final int PAUSE_BEHIND = AudioFrame.TELEPHONE_RATE * 20 / 1000;

    /// How much of a pause is left out at a time, at most and at least: 1 s and 20 ms.
    private static final int LONGEST_CUT = AudioFrame.TELEPHONE_RATE;

    private static final int SHORTEST_CUT = AudioFrame.TELEPHONE_RATE * 20 / 1000;

    private final SampleQueue queue = new SampleQueue();
    private short[] faded = {};
    private int fadedTaken;
    private double pace = 1;
    private boolean shortensPauses;
    // How many samples more should have been left out.
    private double owed;
    // For how many samples it has been quiet.
    private int quiet;

    /// How what is taken from now on is played.
    ///
    /// @param pace how many seconds of what came are played in one second, from 1 to [#FASTEST]
    /// @param shortensPauses whether of pauses longer than 140 ms so much alone is played
    public void play(double pace, boolean shortensPauses) {
        if (!(pace >= 1 && pace <= FASTEST)) {
            throw new IllegalArgumentException("speech is not played at a pace of " + pace);
        }
        this.pace = pace;
        this.shortensPauses = shortensPauses;
        if (pace == 1) {
            owed = 0;
        }
    }

    /// More has come. Nobody may change it from now on.
    public void append(short[] pcm) {
        queue.append(pcm);
    }

    /// How many samples have come and have not been played, at a pace of 1.
    public int left() {
        return queue.size() + faded.length - fadedTaken;
    }

    /// Drops what has not been played.
    public void clear() {
        queue.clear();
        faded = new short[0];
        fadedTaken = 0;
    }

    /// Fills `out` with the next samples and gives how many those were: all, where as many are
    /// [left][#left].
    public int take(short[] out) {
        int filled = 0;
        while (filled < out.length && left() > 0) {
            int room = out.length - filled;
            if (fadedTaken < faded.length) {
                filled += takeFaded(out, filled, room);
            } else if (!leavesOut(room)) {
                int count = Math.min(Math.min(room, BLOCK), queue.size());
                queue.take(out, filled, count);
                passed(isQuiet(out, filled, filled + count), count);
                filled += count;
            }
        }
        return filled;
    }

    private int takeFaded(short[] out, int at, int room) {
        int count = Math.min(room, faded.length - fadedTaken);
        System.arraycopy(faded, fadedTaken, out, at, count);
        fadedTaken += count;
        return count;
    }

    private void passed(boolean isQuiet, int count) {
        quiet = isQuiet ? quiet + count : 0;
        owed += count * (pace - 1);
    }

    /// Leaves something out, where it is time to and what is left fills the `room`.
    private boolean leavesOut(int room) {
        return (shortensPauses && quiet >= PAUSE_BEFORE && leavesOutPause(room))
                || (pace > 1 && owed >= 0 && leavesOutPeriod(room));
    }

    private boolean leavesOutPause(int room) {
        int seen = Math.min(queue.size(), LONGEST_CUT + PAUSE_BEHIND);
        int pause = quietAhead(queue.peek(seen));
        int cut = Math.min(pause - PAUSE_BEHIND, queue.size() - room);
        if (cut < SHORTEST_CUT) {
            return false;
        }
        leaveOut(cut, Math.min(PAUSE_BEHIND, cut));
        return true;
    }

    private static int quietAhead(short[] pcm) {
        int end = 0;
        while (end < pcm.length && Math.abs(pcm[end]) <= QUIET) {
            end++;
        }
        return end;
    }

    private static boolean isQuiet(short[] pcm, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Math.abs(pcm[i]) > QUIET) {
                return false;
            }
        }
        return true;
    }

    private boolean leavesOutPeriod(int room) {
        if (queue.size() < Math.max(LOOK_AHEAD, room + LONGEST_PERIOD)) {
            return false;
        }
        short[] ahead = queue.peek(LOOK_AHEAD);
        int best = LONGEST_PERIOD;
        double likeness = -1;
        for (int period = SHORTEST_PERIOD; period <= LONGEST_PERIOD; period += COARSE) {
            double correlation = correlation(ahead, period, COARSE);
            if (correlation > likeness) {
                likeness = correlation;
                best = period;
            }
        }
        int coarse = best;
        likeness = -1;
        for (int period = Math.max(SHORTEST_PERIOD, coarse - COARSE + 1);
                period < Math.min(coarse + COARSE, LONGEST_PERIOD + 1);
                period++) {
            double correlation = correlation(ahead, period, 1);
            if (correlation > likeness) {
                likeness = correlation;
                best = period;
            }
        }
        if (likeness < ALIKE && owed < MOST_OWED) {
            return false;
        }
        leaveOut(best, best);
        owed -= best;
        return true;
    }

    /// How like what is ahead is to what is `period` samples behind that, 1 for the same; every `step`th sample is
    /// looked at.
    private static double correlation(short[] ahead, int period, int step) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < LONGEST_PERIOD; i += step) {
            double a = ahead[i];
            double b = ahead[i + period];
            product += a * b;
            first += a * a;
            second += b * b;
        }
        // Silence is like silence.
        return first == 0 && second == 0 ? 1 : product / Math.sqrt(first * second + 1);
    }

    /// Leaves out `count` samples and fades over them within `fade` samples.
    private void leaveOut(int count, int fade) {
        short[] ahead = queue.peek(count + fade);
        faded = new short[fade];
        fadedTaken = 0;
        for (int i = 0; i < fade; i++) {
            faded[i] =
                    (short)
                            Math.round(
                                    (ahead[i] * (fade - i) + ahead[count + i] * i) / (double) fade);
        }
        queue.drop(count + fade);
        passed(isQuiet(faded, 0, fade), fade);
    }
}
