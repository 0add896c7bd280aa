package io.sandalphone.telephony.client;

import io.sandalphone.call.CallEvent;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegListener;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One client's leg. It outlives the client's connection for a while, so that a client that lost its
/// network can go on where it was. Runs on the call's loop.
final class ClientLeg implements Leg {
    /// Closed as the protocol has it, beside the codes of RFC 6455, section 7.4.1: the same client
    /// connected again.
    static final int TAKEN_OVER = 4001;

    static final int NORMAL = 1000;
    private static final int RESTARTING = 1012;

    private final Loop loop;
    private final ClientWords words;
    private final Duration resumeTimeout;
    private final ClientMeters meters;
    private final ClientMedia media;
    private final Consumer<ClientLeg> changed;
    private final List<LegEvent> untold = new ArrayList<>(List.of(new LegEvent.Answered()));
    private @Nullable LegListener listener;
    private @Nullable ClientWire wire;
    private Format format;
    private boolean ended;
    private Loop.Timer goneForGood = () -> {};

    /// `changed` is told when the client lost its connection, came back, or ended.
    ClientLeg(
            Loop loop,
            ClientWords words,
            ClientWire wire,
            Format format,
            Duration resumeTimeout,
            ClientMeters meters,
            Consumer<ClientLeg> changed) {
        this.loop = loop;
        this.words = words;
        this.wire = wire;
        this.format = format;
        this.resumeTimeout = resumeTimeout;
        this.meters = meters;
        this.changed = changed;
        media = new ClientMedia(loop, words, meters);
        media.connect(wire, format.split());
    }

    Loop loop() {
        return loop;
    }

    ClientWords words() {
        return words;
    }

    boolean isConnected() {
        return wire != null;
    }

    boolean hasEnded() {
        return ended;
    }

    /// The client is at `connection` from now on, and at no other.
    void resume(ClientWire connection, Format wanted) {
        goneForGood.cancel();
        boolean wasLost = wire == null;
        if (wire != null) {
            wire.close(TAKEN_OVER, "the same client connected again");
        }
        wire = connection;
        format = wanted;
        media.connect(connection, wanted.split());
        meters.resumed().increment();
        if (wasLost) {
            tell(new LegEvent.MediaBack());
            changed.accept(this);
        }
    }

    /// The connection broke off.
    void lost(ClientWire connection) {
        if (ended || !connection.equals(wire)) {
            return;
        }
        wire = null;
        media.disconnect();
        meters.lost().increment();
        tell(new LegEvent.MediaLost("connection"));
        goneForGood = loop.schedule(resumeTimeout, () -> end(HangupCause.NORMAL));
        changed.accept(this);
    }

    /// The person hung up at `connection`.
    void hungUp(ClientWire connection) {
        if (connection.equals(wire)) {
            end(HangupCause.NORMAL);
        }
    }

    /// Sound from `connection`. False when it came so fast that it was not taken.
    boolean received(ClientWire connection, byte[] pcm, boolean inBinary) {
        return ended || !connection.equals(wire) || media.received(pcm, inBinary);
    }

    /// Says something that is part of the protocol.
    void say(String message) {
        if (wire != null) {
            wire.text(message);
        }
    }

    /// Says something to a client that wants to know what becomes of the call.
    void sayState(String message) {
        if (format.states()) {
            say(message);
        }
    }

    /// Says what was said in the call.
    void caption(CallEvent.Caption caption) {
        if (caption.said() != null) {
            say(words.transcript(caption));
        }
    }

    /// Ends the leg of somebody whose call never came about, and says why.
    void turnAway(ClientFault fault) {
        meters.fault(fault.kind());
        say(words.error(fault.sentence(), fault.kind().wireName()));
        end(HangupCause.NORMAL);
    }

    @Override
    public void listen(LegListener ears) {
        listener = ears;
        untold.forEach(event -> loop.execute(() -> ears.on(event)));
        untold.clear();
    }

    private void tell(LegEvent event) {
        LegListener ears = listener;
        if (ears == null) {
            untold.add(event);
        } else {
            loop.execute(() -> ears.on(event));
        }
    }

    @Override
    public String carrier() {
        return Browser.CARRIER;
    }

    @Override
    public LegMedia media() {
        return media;
    }

    @Override
    public void hangUp(HangupCause cause) {
        if (!ended && cause != HangupCause.NORMAL) {
            say(words.error(sentence(cause), code(cause)));
        }
        end(cause);
    }

    private static String sentence(HangupCause cause) {
        return switch (cause) {
            case UNALLOCATED -> "nobody can be called at this number: it has no route";
            case NORMAL -> "the call is over";
            case BUSY -> "the other side is busy";
            case NO_ANSWER -> "the other side does not answer";
            case REJECTED -> "the call was declined";
            case ROUTING_LOOP -> "the call would come back to where it began";
            case CONGESTION ->
                    "the gateway takes no more calls just now: try again in a few minutes";
            case FAILURE -> "the call failed, by no fault of yours: try again";
        };
    }

    private static String code(HangupCause cause) {
        return switch (cause) {
            case UNALLOCATED -> "no-route";
            case NORMAL -> "ended";
            case BUSY -> "busy";
            case NO_ANSWER -> "no-answer";
            case REJECTED -> "declined";
            case ROUTING_LOOP -> "routing-loop";
            case CONGESTION -> "congestion";
            case FAILURE -> "failure";
        };
    }

    /// By a message.
    @Override
    public boolean learnsCause() {
        return true;
    }

    /// No carrier could put the client through to anybody.
    @Override
    public void returnToCarrier() {
        hangUp(HangupCause.CONGESTION);
    }

    /// No carrier has the client but us: it is told that we are gone for a moment, and may come back by
    /// itself.
    @Override
    public void leave() {
        end(HangupCause.NORMAL, RESTARTING, "the gateway restarts");
    }

    @Override
    public void abandon() {
        end(HangupCause.NORMAL);
    }

    private void end(HangupCause cause) {
        end(cause, NORMAL, "the call is over");
    }

    private void end(HangupCause cause, int code, String reason) {
        if (ended) {
            return;
        }
        ended = true;
        goneForGood.cancel();
        if (wire != null) {
            sayState(words.state("ended"));
            wire.close(code, reason);
        }
        wire = null;
        media.disconnect();
        tell(new LegEvent.Ended(cause));
        changed.accept(this);
    }
}
