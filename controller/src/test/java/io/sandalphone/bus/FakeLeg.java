package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegListener;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.time.VirtualLoop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A leg to which happens what a test says, and whose party says tones. Writes down what is asked of it
/// and what its party hears, which is played 40 ms after it was sent.
final class FakeLeg implements Leg, LegMedia {
    private static final int FRAME = 160;
    private static final double LEVEL = 8000;
    private static final Duration PLAYED_AFTER = Duration.ofMillis(40);

    final List<String> asked = new ArrayList<>();

    /// What throws when it is asked for.
    final List<String> failing = new ArrayList<>();

    /// Whether the carrier says at once that the leg is gone when it is to be.
    boolean obedient = true;

    /// Whether the party is told by other means than sound why the leg ends.
    boolean learnsCause;

    /// Where it can be found again.
    Optional<LegPlace> place = Optional.empty();

    private final VirtualLoop loop;
    private final List<AudioFrame> sent = new ArrayList<>();
    private LegListener listener = _ -> {};
    private FrameSink ears = _ -> {};
    private long firstSent = -1;
    private long position;
    private int hertz;

    FakeLeg(VirtualLoop loop) {
        this.loop = loop;
        loop.schedule(Duration.ofMillis(7), this::speak);
    }

    private void speak() {
        if (hertz > 0) {
            var pcm = new short[FRAME];
            for (int i = 0; i < FRAME; i++) {
                pcm[i] = (short) (LEVEL * Math.sin(2 * Math.PI * hertz * (position + i) / 8000));
            }
            ears.accept(new AudioFrame(pcm, 8000, position));
        }
        position += FRAME;
        loop.schedule(Duration.ofMillis(20), this::speak);
    }

    /// The party says this tone from now on; nothing comes from them with 0.
    void says(int tone) {
        hertz = tone;
    }

    void happens(LegEvent... events) {
        for (LegEvent event : events) {
            listener.on(event);
        }
    }

    /// What the party heard from `from` to `to`, in milliseconds since the loop began.
    short[] heard(int from, int to) {
        var pcm = new short[(to - from) * 8];
        for (int i = 0; i < pcm.length; i++) {
            long sample = from * 8L + i - firstSent * 8;
            if (sample >= 0 && sample / FRAME < sent.size()) {
                pcm[i] = sent.get((int) (sample / FRAME)).pcm()[(int) (sample % FRAME)];
            }
        }
        return pcm;
    }

    /// The level of a tone in that, where 1 is that of one that a party says.
    double level(int tone, int from, int to) {
        short[] pcm = heard(from, to);
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < pcm.length; i++) {
            real += pcm[i] * Math.cos(2 * Math.PI * tone * i / 8000);
            imaginary += pcm[i] * Math.sin(2 * Math.PI * tone * i / 8000);
        }
        return Math.hypot(real, imaginary) * 2 / pcm.length / LEVEL;
    }

    int framesSent() {
        return sent.size();
    }

    private void ask(String what) {
        asked.add(what);
        if (failing.contains(what)) {
            throw new IllegalStateException(what);
        }
    }

    private void end(HangupCause cause) {
        if (obedient) {
            loop.execute(() -> happens(new LegEvent.Ended(cause)));
        }
    }

    @Override
    public void listen(LegListener listener) {
        this.listener = listener;
    }

    @Override
    public Optional<LegPlace> place() {
        return place;
    }

    @Override
    public boolean learnsCause() {
        return learnsCause;
    }

    @Override
    public String carrier() {
        return "fake";
    }

    @Override
    public LegMedia media() {
        return this;
    }

    @Override
    public void answer() {
        ask("answer");
    }

    @Override
    public void hangUp(HangupCause cause) {
        ask("hang up " + cause);
        end(cause);
    }

    @Override
    public void returnToCarrier() {
        ask("return");
        end(HangupCause.NORMAL);
    }

    @Override
    public void leave() {
        ask("leave");
        end(HangupCause.NORMAL);
    }

    @Override
    public void abandon() {
        ask("abandon");
        end(HangupCause.NORMAL);
    }

    @Override
    public void hear(FrameSink ears) {
        this.ears = ears;
    }

    @Override
    public void send(AudioFrame frame) {
        if (failing.contains("send")) {
            throw new IllegalStateException("send");
        }
        if (firstSent < 0) {
            firstSent = loop.nanoTime() / 1_000_000;
        }
        sent.add(frame);
    }

    @Override
    public void whenPlayed(Runnable played) {
        loop.schedule(PLAYED_AFTER, played);
    }

    @Override
    public void clear() {
        ask("clear");
    }
}
