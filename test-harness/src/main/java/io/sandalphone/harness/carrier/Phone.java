package io.sandalphone.harness.carrier;

import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.sip.SpeechQueue;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A telephone of a simulated network: it says what it is told to, in real time, records what it
/// said and heard, and answers, or does not, as it is told. It has one call at a time.
///
/// All sound is mono, 8 kHz, 16 bit. What it is told to say before a call is answered is said from
/// the moment of the answer. Thread-safe.
public final class Phone {
    private static final int SAMPLES_PER_MILLI = 8;
    private static final long FRAME_NANOS = 20_000_000;

    private final String number;
    private final SpeechQueue speech = new SpeechQueue();
    private final List<PhoneRecording> recordings = new ArrayList<>();
    private Answering answering = new Answering.After(Duration.ZERO);
    private String answeredBy = "human";
    private @Nullable Duration patience;
    private @Nullable SimulatedCall call;
    private Runnable answer = () -> {};
    private long startNanos;
    private long frames;

    Phone(String number) {
        this.number = number;
    }

    /// Its number, E.164, or its `sip:` address.
    public String number() {
        return number;
    }

    /// Answers calls as `how` says from now on. Until then it answers at once.
    public synchronized Phone answers(Answering how) {
        answering = how;
        return this;
    }

    /// Takes the call that rings, where it was left to this ([Answering.WhenTold]).
    public void answer() {
        Runnable taking;
        synchronized (this) {
            taking = answer;
            answer = () -> {};
        }
        taking.run();
    }

    synchronized void whenAnswered(Runnable taken) {
        answer = taken;
    }

    /// What answering-machine detection finds at this telephone: `human` unless told otherwise.
    public synchronized Phone answeredBy(String who) {
        answeredBy = who;
        return this;
    }

    /// Hangs up so long after it was connected, in every call.
    public synchronized Phone hangsUpAfter(Duration connected) {
        patience = connected;
        return this;
    }

    /// Queues `pcm` behind what it has still to say.
    public synchronized Phone say(short[] pcm) {
        speech.say(pcm);
        return this;
    }

    /// The same; gives when its first sample is said, on the clock of the recordings, in a call that is
    /// connected.
    public synchronized long sayTimed(short[] pcm) {
        long starts = startNanos + (frames + speech.queued()) * FRAME_NANOS;
        speech.say(pcm);
        return starts;
    }

    /// Says nothing for `length` before it goes on.
    public Phone pause(Duration length) {
        return say(new short[(int) length.toMillis() * SAMPLES_PER_MILLI]);
    }

    /// Says `pcm` over and over whenever nothing is queued.
    public synchronized Phone repeat(short[] pcm) {
        speech.repeat(pcm);
        return this;
    }

    /// Forgets what it has still to say.
    public synchronized void hush() {
        speech.hush();
    }

    /// How long it will take to say what is queued, in milliseconds.
    public synchronized long toSayMillis() {
        return speech.queued() * 20L;
    }

    /// The recording of each call in which it was connected, in order.
    public synchronized List<PhoneRecording> recordings() {
        return List.copyOf(recordings);
    }

    /// What it said in its latest call.
    public SoundTimeline said() {
        return latest().said();
    }

    /// What it heard in its latest call.
    public SoundTimeline heard() {
        return latest().heard();
    }

    /// The call that it is in, or that rings it.
    public synchronized Optional<SimulatedCall> call() {
        return Optional.ofNullable(call);
    }

    /// Ends the call that it is in; nothing happens when there is none.
    public void hangUp() {
        call().ifPresent(SimulatedCall::hangUp);
    }

    /// Presses a key (`0`-`9`, `*`, `#`) in the call that it is in.
    public void press(char key) {
        call().ifPresent(current -> current.press(key));
    }

    private synchronized PhoneRecording latest() {
        if (recordings.isEmpty()) {
            throw new IllegalStateException("the telephone has not been connected yet");
        }
        return recordings.getLast();
    }

    synchronized Answering answering() {
        return answering;
    }

    synchronized String answeredBy() {
        return answeredBy;
    }

    synchronized Optional<Duration> patience() {
        return Optional.ofNullable(patience);
    }

    /// Takes the line for `calling`; false when another call has it.
    synchronized boolean take(SimulatedCall calling) {
        if (call != null) {
            return false;
        }
        call = calling;
        return true;
    }

    synchronized void release(SimulatedCall ended) {
        if (call == ended) {
            call = null;
        }
    }

    /// Forgets its recordings, unless it is in a call.
    synchronized void forgetEnded() {
        if (call == null) {
            recordings.clear();
        }
    }

    synchronized PhoneRecording connected(String sid, long startNanos) {
        var recording = new PhoneRecording(sid, startNanos);
        recordings.add(recording);
        this.startNanos = startNanos;
        frames = 0;
        return recording;
    }

    synchronized short[] speak() {
        frames++;
        return speech.poll();
    }
}
