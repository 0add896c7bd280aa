package io.sandalphone.harness.calls;

import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegListener;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/// A party at no carrier, whose phone answers after a moment: they say [#SAID] without end, and tell each
/// word that they hear, once.
final class ToneLeg implements Leg, LegMedia {
    /// What they say.
    static final ToneWord SAID = ToneWord.V4;

    private static final Duration RING = Duration.ofMillis(300);
    private static final Duration FRAME = Duration.ofMillis(AudioFrame.MILLIS);
    private static final int SAMPLES = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final short[] SPEECH =
            ToneSpeech.USUAL.withWord(Duration.ofMillis(920)).render(SAID);

    private final Loop loop;
    private final Consumer<String> said;
    private final Set<ToneWord> heard = EnumSet.noneOf(ToneWord.class);
    // What was heard last, half a second of it.
    private final short[] last = new short[25 * SAMPLES];
    private LegListener listener = _ -> {};
    private FrameSink ears = _ -> {};
    private long position;
    private long due;
    private boolean over;

    /// `said` is told what happens to them.
    ToneLeg(Loop loop, Consumer<String> said) {
        this.loop = loop;
        this.said = said;
    }

    @Override
    public void listen(LegListener listener) {
        this.listener = listener;
        loop.execute(() -> listener.on(new LegEvent.Ringing()));
        loop.schedule(RING, this::answerPhone);
    }

    private void answerPhone() {
        if (!over) {
            due = loop.nanoTime();
            listener.on(new LegEvent.Answered());
            speak();
        }
    }

    private void speak() {
        while (!over && due <= loop.nanoTime()) {
            int from = (int) (position % SPEECH.length);
            ears.accept(
                    new AudioFrame(
                            Arrays.copyOfRange(SPEECH, from, from + SAMPLES),
                            AudioFrame.TELEPHONE_RATE,
                            position));
            position += SAMPLES;
            due += FRAME.toNanos();
        }
        if (!over) {
            loop.schedule(Duration.ofNanos(due - loop.nanoTime()), this::speak);
        }
    }

    @Override
    public LegMedia media() {
        return this;
    }

    @Override
    public void hear(FrameSink ears) {
        this.ears = ears;
    }

    @Override
    public void send(AudioFrame frame) {
        System.arraycopy(last, SAMPLES, last, 0, last.length - SAMPLES);
        System.arraycopy(frame.pcm(), 0, last, last.length - SAMPLES, SAMPLES);
        if (frame.position() % (5L * SAMPLES) == 0) {
            for (ToneWord word : ToneDetector.listen(last).words()) {
                if (heard.add(word)) {
                    said.accept("heard " + word);
                }
            }
        }
    }

    @Override
    public void whenPlayed(Runnable played) {
        loop.execute(played);
    }

    @Override
    public void clear() {
        // Nothing is held.
    }

    /// The party ends the call.
    void partyHangsUp() {
        loop.execute(() -> end(HangupCause.NORMAL));
    }

    private void end(HangupCause cause) {
        if (!over) {
            over = true;
            said.accept("elsewhere ended " + cause);
            listener.on(new LegEvent.Ended(cause));
        }
    }

    @Override
    public void hangUp(HangupCause cause) {
        loop.execute(() -> end(cause));
    }

    @Override
    public void returnToCarrier() {
        hangUp(HangupCause.NORMAL);
    }

    @Override
    public void leave() {
        hangUp(HangupCause.NORMAL);
    }

    @Override
    public void abandon() {
        hangUp(HangupCause.FAILURE);
    }
}
