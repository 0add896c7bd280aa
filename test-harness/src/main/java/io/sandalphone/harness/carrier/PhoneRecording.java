package io.sandalphone.harness.carrier;

import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.sip.SpeechQueue;

import java.util.Arrays;

/// What a telephone said and heard in one call, both from the moment at which it was connected: sample
/// `n` of the one is the same instant as sample `n` of the other, and of
/// [System#nanoTime] `startNanos + n * 125 µs`.
///
/// Thread-safe: the carrier's loop adds, tests look.
public final class PhoneRecording {
    private final String call;
    private final long startNanos;
    private short[] said = new short[8000];
    private short[] heard = new short[8000];
    private int length;

    PhoneRecording(String call, long startNanos) {
        this.call = call;
        this.startNanos = startNanos;
    }

    /// The carrier's id of the call.
    public String call() {
        return call;
    }

    /// What the telephone said, at 8 kHz.
    public synchronized SoundTimeline said() {
        return new SoundTimeline(startNanos, Arrays.copyOf(said, length));
    }

    /// What the telephone heard, at 8 kHz; where nothing came, silence.
    public synchronized SoundTimeline heard() {
        return new SoundTimeline(startNanos, Arrays.copyOf(heard, length));
    }

    /// How long the recording is, in milliseconds.
    public synchronized long millis() {
        return length / 8;
    }

    synchronized void add(short[] saidFrame, short[] heardFrame) {
        if (length + SpeechQueue.FRAME > said.length) {
            said = Arrays.copyOf(said, said.length * 2);
            heard = Arrays.copyOf(heard, heard.length * 2);
        }
        System.arraycopy(saidFrame, 0, said, length, SpeechQueue.FRAME);
        System.arraycopy(heardFrame, 0, heard, length, SpeechQueue.FRAME);
        length += SpeechQueue.FRAME;
    }
}
