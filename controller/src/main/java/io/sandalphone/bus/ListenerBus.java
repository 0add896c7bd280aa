package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.tone.KeyTones;
import io.sandalphone.telephony.LegMedia;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// What one listener hears: the other party's voice, what is spoken to this listener alone, and a tone.
/// Nothing of it goes anywhere else. Holds no clock: sends 20 ms with each [#tick], silence when there is
/// nothing.
final class ListenerBus {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    private static final short[] SILENCE = new short[FRAME];

    /// How long the voice takes to sink: 20 ms.
    private static final int ATTACK = FRAME;

    /// How long it takes to rise: 60 ms.
    private static final int RELEASE = 3 * FRAME;

    private final PlayoutBuffer voice;
    private final Consumer<Throwable> onFault;
    private final GainRamp gain = new GainRamp();
    private final Mixer mixer = new Mixer();
    private final SpokenTrack spoken = new SpokenTrack();
    private final Deque<Level> levels = new ArrayDeque<>();
    private final KeyTones keys = new KeyTones();
    private @Nullable FrameSource tone;
    private long position;
    private long lastNanos;

    /// What becomes of the voice's level before the spoken frame of this number is mixed.
    private record Level(long beforeFrame, int level, int samples) {}

    /// @param voice the other party's
    /// @param onFault told what is thrown by those who speak to the listener
    ListenerBus(PlayoutBuffer voice, Consumer<Throwable> onFault) {
        this.voice = voice;
        this.onFault = onFault;
    }

    /// Begins a talk spurt, unless one goes on.
    void speak(FrameSource mouth, Runnable drained) {
        spoken.open(mouth, drained);
    }

    /// Runs `played` when the carrier says that it has played the spoken frame that is just being asked for, or the next one.
    void whenPlayed(Runnable played) {
        spoken.whenPlayed(played);
    }

    /// Makes the voice softer by `decibels` under what is spoken from now on, the frame included that is just being asked for.
    void sink(double decibels) {
        int level = (int) Math.round(GainRamp.FULL * Math.pow(10, -decibels / 20));
        levels.addLast(new Level(spoken.handedOver(), level, ATTACK));
    }

    /// Raises the voice behind what has been spoken until now, the frame included that is just being
    /// asked for.
    void rise() {
        long behind = spoken.handedOver() + (spoken.asking() ? 1 : 0);
        levels.addLast(new Level(behind, GainRamp.FULL, RELEASE));
    }

    /// Ends the talk spurt; what was not mixed yet is dropped.
    void stopSpeaking() {
        spoken.close();
    }

    /// Speaks no more to the listener, and raises the voice at once.
    void fallSilent() {
        spoken.close();
        levels.clear();
        gain.moveTo(GainRamp.FULL, RELEASE);
    }

    /// Plays this to the listener from now on, or nothing.
    void play(@Nullable FrameSource tone) {
        this.tone = tone;
    }

    /// A key was pressed for the listener, who hears its tones over whatever else they hear.
    void press(char key) {
        keys.press(key);
    }

    /// Sends the next 20 ms, which are due at `nanos`, to `listener`, unless they are quiet and `spare`. Gives whether they
    /// were sent.
    boolean tick(long nanos, LegMedia listener, boolean spare) {
        if (nanos - lastNanos > Pacer.PERIOD_NANOS) {
            // Ticks were left out, for which the far end had nothing to play.
            keys.interrupted();
        }
        lastNanos = nanos;
        short[] speech = nextSpoken();
        boolean apart = listener.isSplit();
        if (speech != null && !apart) {
            mixer.add(speech);
        }
        mixVoice(nanos);
        mix(tone);
        mix(keys);
        AudioFrame frame = frame(mixer.take());
        boolean sent = apart || !spare || !PlayoutBuffer.quiet(frame.pcm());
        if (apart) {
            listener.sendApart(frame, frame(speech == null ? SILENCE : speech));
        } else if (sent) {
            listener.send(frame);
        }
        position = frame.end();
        end(spoken.sent(listener));
        return sent;
    }

    private void mix(@Nullable FrameSource source) {
        AudioFrame sounding = source == null ? null : source.poll();
        if (sounding != null) {
            mixer.add(sounding.pcm());
        }
    }

    private AudioFrame frame(short[] pcm) {
        return new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
    }

    private void mixVoice(long nanos) {
        short[] pcm = voice.poll(nanos);
        if (pcm == null) {
            gain.pass(FRAME);
        } else {
            mixer.add(pcm, gain);
        }
    }

    // Whatever the mouth throws costs what it says, and not the voice.
    @SuppressWarnings("CatchingThrowable")
    private short @Nullable [] nextSpoken() {
        short[] speech = null;
        try {
            speech = spoken.next();
        } catch (Throwable fault) {
            onFault.accept(fault);
        }
        // The number of the frame that is mixed now, or would be.
        long number = speech == null ? spoken.mixed() : spoken.mixed() - 1;
        boolean nothingWaits = spoken.mixed() == spoken.handedOver() && speech == null;
        while (!levels.isEmpty() && (nothingWaits || levels.getFirst().beforeFrame() <= number)) {
            Level next = levels.removeFirst();
            gain.moveTo(next.level(), next.samples());
        }
        return speech;
    }

    @SuppressWarnings("CatchingThrowable")
    private void end(@Nullable Runnable drained) {
        if (drained != null) {
            try {
                drained.run();
            } catch (Throwable fault) {
                onFault.accept(fault);
            }
        }
    }
}
