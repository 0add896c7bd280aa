package io.sandalphone.telephony.http;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegListener;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// A caller's leg at a telephone system that brings and fetches the sound by requests.
///
/// There is no connection whose end would tell that the system is gone, so its requests stand for it:
/// after [#QUIET] without one the leg's sound counts as lost, after [#GONE] the leg. Runs on the call's
/// loop, but for [#decision].
final class HttpLeg implements Leg, LegMedia {
    static final Duration QUIET = Duration.ofSeconds(15);
    static final Duration GONE = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final LegContext context;
    private final SoundFormat format;
    private final HttpLegMeters meters;
    private final Runnable over;
    private final Loop loop;
    private final SpokenSound spoken;
    private final HeardSound heard;
    private final SoundFormat.Codec inward = new SoundFormat.Codec();
    private final SoundFormat.Codec outward = new SoundFormat.Codec();
    private final Promise<Decision> decision = Promise.promise();
    private LegListener listener = _ -> {};
    private boolean decided;
    private long lastSequence = -1;
    private @Nullable HangupCause ended;
    private @Nullable Fetch waiting;
    private long askedNanos;
    private boolean lost;
    private Loop.Timer look = () -> {};

    /// What becomes of a call that was announced.
    sealed interface Decision {
        /// It is taken.
        record Taken() implements Decision {}

        /// It is refused for this cause.
        record Refused(HangupCause cause) implements Decision {}

        /// Not now: we stop, and the telephone system is to do as it does without us.
        record GivenBack() implements Decision {}
    }

    /// What becomes of a piece of sound that was brought.
    enum Brought {
        TAKEN,
        REPEATED,
        TOO_MUCH,
        ENDED
    }

    /// What is there to be fetched.
    sealed interface Fetched {
        /// Sound, as a body of this content type.
        record Sound(String contentType, Buffer body) implements Fetched {}

        /// Nothing yet.
        record Nothing() implements Fetched {}

        /// The leg has ended.
        record Ended() implements Fetched {}
    }

    private record Fetch(Promise<Fetched> answer, Loop.Timer timeout) {}

    /// `over` is run when the leg has ended.
    HttpLeg(LegContext context, SoundFormat format, HttpLegMeters meters, Runnable over) {
        this.over = over;
        this.context = context;
        this.format = format;
        this.meters = meters;
        loop = context.loop();
        spoken = new SpokenSound(loop);
        heard = new HeardSound(loop, meters);
        askedNanos = loop.nanoTime();
    }

    LegContext context() {
        return context;
    }

    SoundFormat format() {
        return format;
    }

    /// What becomes of the call. Any thread may ask.
    Future<Decision> decision() {
        return decision.future();
    }

    /// Takes the call, unless something else was decided.
    void admit() {
        if (!decided) {
            decide(new Decision.Taken());
            askedNanos = loop.nanoTime();
            look = loop.schedule(LOOK, this::look);
            loop.execute(() -> tell(new LegEvent.Answered()));
        }
    }

    private void decide(Decision made) {
        decided = true;
        decision.complete(made);
    }

    private void tell(LegEvent event) {
        if (ended == null) {
            listener.on(event);
        }
    }

    /// The telephone system asked for something of this leg.
    private void asked() {
        askedNanos = loop.nanoTime();
        if (lost) {
            lost = false;
            tell(new LegEvent.MediaBack());
        }
    }

    private void look() {
        long quiet = loop.nanoTime() - askedNanos;
        if (ended != null) {
            return;
        }
        if (quiet >= GONE.toNanos()) {
            end(HangupCause.FAILURE);
            return;
        }
        if (quiet >= QUIET.toNanos() && !lost) {
            lost = true;
            meters.lost().increment();
            heard.clear();
            tell(new LegEvent.MediaLost("no_requests"));
        }
        look = loop.schedule(LOOK, this::look);
    }

    /// The party's next piece of sound, with a number that is greater than those before it.
    Brought bring(long sequence, SoundFormat how, byte[] body) {
        if (ended != null) {
            return Brought.ENDED;
        }
        asked();
        if (sequence <= lastSequence) {
            meters.repeated().increment();
            return Brought.REPEATED;
        }
        if (!spoken.offer(inward.decode(how, body))) {
            meters.overflow().increment();
            return Brought.TOO_MUCH;
        }
        lastSequence = sequence;
        return Brought.TAKEN;
    }

    /// What the party is to hear next, waited for as long as `wait`. Of two who wait the first gets nothing.
    Future<Fetched> fetch(Duration wait) {
        if (ended != null) {
            return Future.succeededFuture(new Fetched.Ended());
        }
        asked();
        answer(new Fetched.Nothing());
        if (!heard.isEmpty()) {
            return Future.succeededFuture(sound());
        }
        if (wait.isZero()) {
            return Future.succeededFuture(new Fetched.Nothing());
        }
        Promise<Fetched> promise = Promise.promise();
        waiting = new Fetch(promise, loop.schedule(wait, () -> answer(new Fetched.Nothing())));
        return promise.future();
    }

    private Fetched sound() {
        byte[] body = outward.encode(format, heard.fetch());
        return new Fetched.Sound(format.contentType(), Buffer.buffer(body));
    }

    private void answer(Fetched fetched) {
        Fetch asking = waiting;
        waiting = null;
        if (asking != null) {
            asking.timeout().cancel();
            asking.answer().complete(fetched);
        }
    }

    /// The telephone system says that the party is gone, or we do. May be called more than once.
    void end(HangupCause cause) {
        if (ended != null) {
            return;
        }
        ended = cause;
        look.cancel();
        spoken.stop();
        heard.clear();
        answer(new Fetched.Ended());
        over.run();
        loop.execute(() -> listener.on(new LegEvent.Ended(cause)));
    }

    /// Why the leg ended; null while it has not.
    @Nullable HangupCause ended() {
        return ended;
    }

    @Override
    public void listen(LegListener listener) {
        this.listener = listener;
    }

    @Override
    public String carrier() {
        return HttpLegServer.CARRIER;
    }

    @Override
    public LegMedia media() {
        return this;
    }

    @Override
    public void hangUp(HangupCause cause) {
        if (!decided) {
            decide(new Decision.Refused(cause));
        }
        end(cause);
    }

    /// In the answer to whatever is asked next.
    @Override
    public boolean learnsCause() {
        return true;
    }

    @Override
    public void returnToCarrier() {
        if (!decided) {
            decide(new Decision.GivenBack());
        }
        end(HangupCause.NORMAL);
    }

    /// The telephone system cannot join the party to anybody: for them the call ends.
    @Override
    public void leave() {
        returnToCarrier();
    }

    @Override
    public void abandon() {
        returnToCarrier();
    }

    @Override
    public void hear(FrameSink ears) {
        spoken.hear(ears);
    }

    @Override
    public void send(AudioFrame frame) {
        if (ended == null) {
            heard.send(frame);
            if (waiting != null) {
                answer(sound());
            }
        }
    }

    @Override
    public void whenPlayed(Runnable played) {
        heard.whenPlayed(played);
    }

    @Override
    public void clear() {
        heard.clear();
    }
}
