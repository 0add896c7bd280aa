package io.sandalphone.harness.agents;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.ConnectionListener;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// The carrier of a call in virtual time: its caller has the telephone `line`, and a person is rung who speaks the caller's
/// language and with whom it goes as [Reached] says. What is asked of it happens at once, but for what people take their time
/// for. Runs on the loop.
final class VirtualConnection implements CallConnection {
    /// The telephone of the one person who may be rung.
    static final E164 PERSON = new E164("+12125550102");

    /// Until a person answers, and until one is told that a line is busy.
    private static final Duration ANSWERS_AFTER = Duration.ofSeconds(4);

    private static final Duration BUSY_AFTER = Duration.ofSeconds(3);

    private final Loop loop;
    private final VirtualLine line;
    private final Reached reached;
    private ConnectionListener listener = _ -> {};
    private Loop.Timer underWay = () -> {};
    private short[] told = {};
    private boolean rings;
    private boolean joined;
    private boolean over;

    VirtualConnection(Loop loop, VirtualLine line, Reached reached) {
        this.loop = loop;
        this.line = line;
        this.reached = reached;
    }

    /// What the person heard before the two were joined, 8 kHz; empty while they are not.
    Optional<short[]> told() {
        return joined ? Optional.of(told.clone()) : Optional.empty();
    }

    /// Whether the person is rung.
    boolean rings() {
        return rings;
    }

    /// Whether somebody is still connected, rung or spoken to.
    boolean isHeld() {
        return !over;
    }

    /// The caller hangs up.
    void hangUp() {
        happens(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
    }

    /// Not within the call that caused it.
    private void happens(ConnectionEvent event) {
        loop.execute(() -> listener.on(event));
    }

    private void happens(Duration after, ConnectionEvent event) {
        underWay =
                loop.schedule(
                        after,
                        () -> {
                            rings = false;
                            listener.on(event);
                        });
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public void listen(ConnectionListener listener) {
        this.listener = listener;
    }

    @Override
    public void answer() {
        happens(new ConnectionEvent.Answered(Party.CALLER));
    }

    @Override
    public void attachAudio() {
        happens(new ConnectionEvent.AudioAttached());
    }

    @Override
    public LegAudio audio(Party party) {
        if (party != Party.CALLER) {
            throw new IllegalStateException("nobody interprets for one who speaks the same");
        }
        return line;
    }

    @Override
    public void dial(Party party, Dial dial) {
        if (!dial.number().equals(PERSON)) {
            throw new IllegalStateException("somebody is rung whom the agent does not know");
        }
        happens(new ConnectionEvent.Ringing(party));
        rings = true;
        switch (reached) {
            case ANSWERS -> happens(ANSWERS_AFTER, new ConnectionEvent.Answered(party));
            case BUSY -> happens(BUSY_AFTER, new ConnectionEvent.Gone(party, HangupCause.BUSY));
            case AWAY ->
                    happens(dial.ring(), new ConnectionEvent.Gone(party, HangupCause.NO_ANSWER));
        }
    }

    @Override
    public void join(short[] first) {
        told = Arrays.copyOf(first, first.length);
        underWay =
                loop.schedule(
                        Duration.ofMillis(first.length * 1000L / AudioFrame.TELEPHONE_RATE),
                        () -> {
                            joined = true;
                            listener.on(new ConnectionEvent.Joined());
                        });
    }

    @Override
    public void release(HangupCause cause) {
        end();
    }

    @Override
    public void leave() {
        end();
    }

    @Override
    public void abandon() {
        end();
    }

    private void end() {
        underWay.cancel();
        if (!over) {
            over = true;
            happens(new ConnectionEvent.Released());
        }
    }

    @Override
    public void echo() {
        throw new IllegalStateException("an agent answers");
    }

    @Override
    public void returnToDialplan() {
        throw new IllegalStateException("an agent answers");
    }
}
