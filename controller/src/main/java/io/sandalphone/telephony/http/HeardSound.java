package io.sandalphone.telephony.http;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// What the party is to hear, until the telephone system fetches it: at most 200 ms; of more the oldest
/// is dropped. What was fetched counts as played when it has lasted, one piece after the other. Runs on the
/// call's loop.
final class HeardSound {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final long FRAME_NANOS = AudioFrame.MILLIS * 1_000_000L;

    /// In frames.
    private static final int MOST = 10;

    /// What was not fetched by then will not be played any more, as far as anybody waits for it.
    private static final Duration UNFETCHED = Duration.ofSeconds(1);

    private final Loop loop;
    private final HttpLegMeters meters;
    private final Deque<short[]> frames = new ArrayDeque<>();
    private final Deque<Report> reports = new ArrayDeque<>();
    private long sent;
    private long gone;
    private long playedNanos;

    /// Waits until all of the first `frames` frames have been played.
    private final class Report {
        private final long frames;
        private final Runnable played;
        private Loop.Timer timer;
        private boolean done;

        Report(long frames, Runnable played) {
            this.frames = frames;
            this.played = played;
            timer = loop.schedule(UNFETCHED, this::run);
        }

        void after(Duration time) {
            timer.cancel();
            timer = loop.schedule(time, this::run);
        }

        private void run() {
            if (!done) {
                done = true;
                reports.remove(this);
                played.run();
            }
        }
    }

    HeardSound(Loop loop, HttpLegMeters meters) {
        this.loop = loop;
        this.meters = meters;
    }

    void send(AudioFrame frame) {
        frames.addLast(frame.pcm());
        sent++;
        if (frames.size() > MOST) {
            frames.removeFirst();
            gone++;
            meters.unfetched().increment();
        }
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /// All there is, as one piece.
    short[] fetch() {
        var pcm = new short[frames.size() * FRAME];
        for (int at = 0; !frames.isEmpty(); at += FRAME) {
            System.arraycopy(frames.removeFirst(), 0, pcm, at, FRAME);
        }
        gone = sent;
        long now = loop.nanoTime();
        playedNanos = Math.max(playedNanos, now) + pcm.length / FRAME * FRAME_NANOS;
        reports.stream()
                .filter(report -> report.frames <= gone)
                .forEach(report -> report.after(Duration.ofNanos(playedNanos - now)));
        return pcm;
    }

    void whenPlayed(Runnable played) {
        var report = new Report(sent, played);
        reports.addLast(report);
        if (gone == sent) {
            long now = loop.nanoTime();
            report.after(Duration.ofNanos(Math.max(0, playedNanos - now)));
        }
    }

    /// Drops what was not fetched; nobody waits for it.
    void clear() {
        frames.clear();
        gone = sent;
        reports.forEach(report -> report.after(Duration.ZERO));
    }
}
