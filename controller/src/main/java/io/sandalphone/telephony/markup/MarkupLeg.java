package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegListener;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.stream.StreamAddress;
import io.sandalphone.telephony.stream.StreamMedia;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// What both kinds of leg do alike: their stream comes, breaks off, is asked for again, and ends.
///
/// A leg is ended by REST first, and its socket is closed only when the carrier is known to have ended the
/// call: the document's next verb runs when the socket closes, and would lead the party into an
/// empty room. A socket that breaks off while the party stays leads them there too; the call is given
/// the stream's document again then, which takes them out.
///
/// Runs on the call's loop, but for [#callId()].
public abstract sealed class MarkupLeg implements Leg permits ArrivedLeg, DialedLeg, RejoinedLeg {
    /// How long a stream may take to start once the carrier was asked for it again, or the party has answered.
    static final Duration START_LIMIT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(MarkupLeg.class);

    /// Where a leg stands.
    enum Phase {
        /// It has no stream yet.
        WAITING,
        /// Its sound passes.
        STREAMING,
        /// It had a stream, or should have, and has none.
        LOST,
        /// It is being ended.
        ENDING,
        /// Its last event is told.
        ENDED
    }

    private final LegContext context;
    private final Account account;
    private final StreamMedia media;
    private final LegEvents events;
    private Phase phase;
    private volatile @Nullable String callId;
    private @Nullable MediaStream stream;
    private @Nullable Ending ending;
    private @Nullable Restoring restoring;
    private boolean hasDocument;
    // The word of the stream that a later document asks for, until it starts.
    private @Nullable String awaited;
    private HangupCause cause = HangupCause.NORMAL;
    private boolean toldAnswered;
    private boolean left;

    /// A leg of which nothing is known yet.
    MarkupLeg(LegContext context, Account account) {
        this(context, account, Phase.WAITING);
    }

    /// A leg that stands at `phase`; one that has had its stream has told that the party answered.
    MarkupLeg(LegContext context, Account account, Phase phase) {
        this.phase = phase;
        toldAnswered = phase != Phase.WAITING;
        this.context = context;
        this.account = account;
        media = new StreamMedia(context.loop(), account.streamMeters());
        events = new LegEvents(context.loop());
    }

    /// Which call it belongs to.
    public LegContext context() {
        return context;
    }

    /// At which carrier the other party is, where that is another one.
    Optional<String> elsewhere() {
        return context.elsewhere();
    }

    /// The document that leads there was given with the stream, and is not taken back.
    @Override
    public boolean goesToRoom() {
        return elsewhere().isEmpty();
    }

    /// Its call there, and the room; nothing where the two are at two carriers.
    @Override
    public Optional<LegPlace> place() {
        return Optional.ofNullable(callId)
                .filter(_ -> goesToRoom())
                .map(id -> LegPlaces.of(account.dialect(), id, context.room()));
    }

    Account account() {
        return account;
    }

    /// Where its documents send its stream.
    StreamAddress streamAddress() {
        return StreamAddress.USUAL;
    }

    /// The loop of its call.
    public Loop loop() {
        return context.loop();
    }

    Phase phase() {
        return phase;
    }

    /// The carrier's name for the call, as soon as it is known. Any thread may ask.
    public @Nullable String callId() {
        return callId;
    }

    /// The carrier says that `id` is this call.
    void learn(String id) {
        if (callId == null) {
            callId = id;
            account.learn(id, this);
        }
    }

    void tell(LegEvent event) {
        events.tell(event);
    }

    @Override
    public void listen(LegListener listener) {
        events.listen(listener);
    }

    @Override
    public final String carrier() {
        return account.dialect().name();
    }

    @Override
    public LegMedia media() {
        return media;
    }

    StreamMedia streamMedia() {
        return media;
    }

    /// A document of this leg asks for a stream by `token`. The carrier ends the stream of the document before, when it
    /// takes up a later one.
    void offered(String token) {
        if (hasDocument) {
            awaited = token;
        }
        hasDocument = true;
    }

    /// The carrier did not take the last document: no stream comes by it, and none is ended for it.
    void notTaken() {
        awaited = null;
    }

    /// A stream of this leg is there.
    void started(MediaStream started, String id) {
        learn(id);
        if (started.token().equals(awaited)) {
            awaited = null;
        }
        MediaStream before = stream;
        stream = started;
        if (before != null) {
            before.close();
        }
        switch (phase) {
            case WAITING -> {
                phase = Phase.STREAMING;
                media.open(started, started.heard());
                tellAnswered();
            }
            case LOST -> {
                phase = Phase.STREAMING;
                stopRestoring();
                media.open(started, started.heard());
                account.meters().streamsRestored().increment();
                tell(new LegEvent.MediaBack());
            }
            // One that came while another is thought to be there takes its place.
            case STREAMING -> media.open(started, started.heard());
            // It is held open until the call is known to be over.
            case ENDING -> end(true);
            case ENDED -> {
                if (left) {
                    started.close();
                } else {
                    end(true);
                }
            }
        }
    }

    private void tellAnswered() {
        if (!toldAnswered) {
            toldAnswered = true;
            tell(new LegEvent.Answered());
        }
    }

    /// The stream is over; `stopped` says whether the carrier said so, which it does when the call is.
    void closed(MediaStream closed, boolean stopped) {
        if (closed != stream) {
            return;
        }
        stream = null;
        if (stopped && phase == Phase.STREAMING && awaited != null) {
            // By our own asking, unless they hung up just now: the next answer tells.
            lose("replaced", Restoring::await);
        } else if (stopped) {
            gone(HangupCause.NORMAL);
        } else if (phase == Phase.STREAMING) {
            lose("socket_closed");
        }
    }

    /// The party is there, and their sound is not. One whose stream never came has answered all the same:
    /// they wait in the call's room, and the call must not ring on beside them.
    void lose(String why) {
        lose(why, Restoring::begin);
    }

    private void lose(String why, Consumer<Restoring> restore) {
        if (phase != Phase.WAITING && phase != Phase.STREAMING) {
            return;
        }
        phase = Phase.LOST;
        media.close();
        log.atWarn()
                .addKeyValue("call", context.callId())
                .addKeyValue("leg", context.party())
                .addKeyValue("why", why)
                .log("leg lost its stream");
        tellAnswered();
        tell(new LegEvent.MediaLost(why));
        restore(restore);
    }

    /// Asks for a stream until one is there.
    void restore() {
        restore(Restoring::begin);
    }

    private void restore(Consumer<Restoring> begin) {
        String id = callId;
        if (id != null && restoring == null) {
            restoring = new Restoring(this, account, id);
            begin.accept(restoring);
        }
    }

    private void stopRestoring() {
        if (restoring != null) {
            restoring.stop();
            restoring = null;
        }
    }

    /// The carrier reports of the call: `sequence` counts reports, and is negative where it is not said;
    /// `sipStatus` is what the far end answered, or 0.
    void report(CallStatus status, long sequence, int sipStatus, String id) {
        if (status.isTerminal()) {
            gone(status.cause(sipStatus));
        }
    }

    /// Whether the party was left to the carrier.
    boolean isLeft() {
        return left;
    }

    /// The call is over at the carrier.
    void gone(HangupCause why) {
        if (phase != Phase.ENDING && phase != Phase.ENDED) {
            cause = why;
        }
        if (ending != null) {
            // It clears up.
            ending.known();
        } else {
            cleared();
        }
    }

    @Override
    public void hangUp(HangupCause cause) {
        if (phase == Phase.ENDING || phase == Phase.ENDED) {
            return;
        }
        this.cause = cause;
        boolean answered = phase != Phase.WAITING || isAnswered();
        phase = Phase.ENDING;
        stopRestoring();
        media.close();
        end(answered);
    }

    /// Whether the party has answered, though no stream is there yet.
    abstract boolean isAnswered();

    /// Has the call ended at the carrier, as soon as there is one.
    void end(boolean answered) {
        String id = callId;
        if (id != null && ending == null && !left) {
            ending = new Ending(loop(), account, id, this::cleared);
            ending.begin(answered);
        }
    }

    /// Nothing of the leg remains at the carrier.
    void cleared() {
        stopRestoring();
        if (stream != null) {
            stream.close();
            stream = null;
        }
        account.forget(this);
        tellEnded();
    }

    /// Tells the last event, if it is not told yet.
    void tellEnded() {
        if (phase != Phase.ENDED) {
            phase = Phase.ENDED;
            media.close();
            tell(new LegEvent.Ended(cause));
        }
    }

    /// Gives up on a leg of which nothing is at the carrier.
    void fail(HangupCause why) {
        if (phase != Phase.ENDING) {
            cause = why;
        }
        cleared();
    }

    /// The document's next verb takes the party to the call's room, from the stream or instead of it.
    @Override
    public void leave() {
        if (phase == Phase.ENDING || phase == Phase.ENDED) {
            return;
        }
        left = true;
        cleared();
    }

    /// The call goes on being ended at the carrier, though nobody is told of it any more.
    @Override
    public void abandon() {
        if (phase == Phase.ENDED) {
            return;
        }
        hangUp(HangupCause.NORMAL);
        tellEnded();
    }
}
