package io.sandalphone.telephony.asterisk;

import io.sandalphone.media.codec.G711;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegListener;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.telephony.stream.StreamMedia;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamTokens;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/// A leg on Asterisk whose sound passes through us, over a connection that Asterisk opens to us and that
/// our death closes; what the party is told then is in Asterisk's dialplan (docs/decisions/0030).
///
/// The connection is the leg: while it is open the party is there. Runs on the call's loop.
final class WebSocketLeg implements Leg, LegSocket.Listener {
    // From the request for a connection until it is there. Asterisk gives up sooner.
    static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    // For a request that the party be hung up, or given back, to be granted.
    static final Duration END_LIMIT = Duration.ofSeconds(8);

    // For the connection to be closed once nobody is there any more.
    static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    // For the cause of an end whose connection is closed already.
    static final Duration CAUSE_LIMIT = Duration.ofMillis(500);

    // A party who was not heard for so long sent nothing; anything shorter was late.
    private static final Duration PAUSE = Duration.ofMillis(400);

    private static final String FORMAT = "ulaw";
    private static final int FRAME_BYTES = 160;
    private static final int BYTES_PER_MILLI = 8;

    private static final Logger log = LoggerFactory.getLogger(WebSocketLeg.class);

    private final LegContext context;
    private final Loop loop;
    private final LegChannels channels;
    private final StreamTokens<LegSocket.Listener> tokens;
    private final LegMeters legMeters;
    private final OverlayMeters meters;
    private final Consumer<WebSocketLeg> done;
    private final StreamMedia media;
    private LegListener listener = _ -> {};
    private @Nullable LegSocket socket;
    private Loop.Timer limit = () -> {};
    private Stage stage = Stage.NEW;
    private boolean answerAsked;
    private boolean ringing;
    private @Nullable HangupCause cause;
    // On the party's clock, which stands still while they send nothing for a moment only.
    private long heardMillis;
    private long heardAt;

    /// Where a leg is.
    private enum Stage {
        /// Nothing was asked for.
        NEW,
        /// Asterisk is to open the connection.
        CONNECTING,
        /// The connection is there, and the party is not, or hears ringing.
        WAITING,
        /// The party's sound passes through us.
        TALKING,
        /// The connection is closed, and why the phone was not reached is about to be told.
        CLOSED,
        /// It is being ended, or given up.
        ENDING,
        /// Nothing is left of it.
        ENDED
    }

    /// `channels` makes the leg's channels, which tell the one who listens; `done` is told when nothing
    /// is left of it.
    WebSocketLeg(
            LegContext context,
            Function<LegChannels.Listener, LegChannels> channels,
            StreamTokens<LegSocket.Listener> tokens,
            StreamMeters streamMeters,
            LegMeters legMeters,
            OverlayMeters meters,
            Consumer<WebSocketLeg> done) {
        this.context = context;
        loop = context.loop();
        this.channels = channels.apply(new ChannelEvents());
        this.tokens = tokens;
        this.legMeters = legMeters;
        this.meters = meters;
        this.done = done;
        media = new StreamMedia(loop, streamMeters);
    }

    LegContext context() {
        return context;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    LegChannels channels() {
        return channels;
    }

    @Override
    public void listen(LegListener listener) {
        this.listener = listener;
        loop.execute(this::connect);
    }

    @Override
    public String carrier() {
        return AsteriskCarrier.NAME;
    }

    @Override
    public LegMedia media() {
        return media;
    }

    private void connect() {
        if (stage != Stage.NEW) {
            return;
        }
        stage = Stage.CONNECTING;
        limit = loop.schedule(channels.connectLimit(), () -> notConnected("no-connection"));
        channels.connect(tokens.issue(this))
                .onFailure(
                        failure -> {
                            if (stage == Stage.CONNECTING) {
                                logRefusal("connect", failure);
                                hangUp(HangupCause.CONGESTION);
                            }
                        });
    }

    private void notConnected(String why) {
        if (stage == Stage.CONNECTING) {
            log.atWarn()
                    .addKeyValue("call", context.callId())
                    .addKeyValue("leg", Ids.role(context.party()))
                    .addKeyValue("why", why)
                    .log("asterisk did not open the connection of a leg's sound");
            hangUp(HangupCause.CONGESTION);
        }
    }

    @Override
    public void opened(LegSocket socket) {
        // Were it closed before the party is known to be gone, the dialplan would take us for dead,
        // and put
        // them through.
        if (stage == Stage.CONNECTING || stage == Stage.ENDING) {
            this.socket = socket;
        } else {
            socket.close();
        }
    }

    @Override
    public void message(MediaMessage message) {
        switch (message) {
            case MediaMessage.Started started -> started(started);
            case MediaMessage.Played(var mark) -> media.echoed(mark);
            case MediaMessage.KeyPressed(var key) -> {
                if (stage == Stage.TALKING) {
                    listener.on(new LegEvent.KeyPressed(key));
                }
            }
            case MediaMessage.Refused _ -> legMeters.commands().increment();
            case MediaMessage.Other _ -> {}
            case MediaMessage.Malformed _ -> legMeters.malformed().increment();
        }
    }

    /// The channel of the sound is there. It must be what was asked for.
    private void started(MediaMessage.Started started) {
        LegSocket open = socket;
        if (open != null && stage == Stage.ENDING) {
            channels.connected(open, started);
        }
        if (open == null || stage != Stage.CONNECTING) {
            return;
        }
        if (!started.format().equals(FORMAT) || started.frameBytes() != FRAME_BYTES) {
            legMeters.refuse(LegMeters.Refusal.FORMAT);
            notConnected("format");
            return;
        }
        legMeters.connected().increment();
        limit.cancel();
        stage = Stage.WAITING;
        channels.connected(open, started);
        if (answerAsked) {
            channels.answer(open);
        }
    }

    @Override
    public void answer() {
        LegSocket open = socket;
        answerAsked = true;
        if (stage == Stage.WAITING && open != null) {
            channels.answer(open);
        }
    }

    /// What happens to the channels.
    private final class ChannelEvents implements LegChannels.Listener {
        @Override
        public void ringing() {
            if ((stage == Stage.CONNECTING || stage == Stage.WAITING) && !ringing) {
                ringing = true;
                listener.on(new LegEvent.Ringing());
            }
        }

        @Override
        public void answered() {
            LegSocket open = socket;
            if (stage == Stage.WAITING && open != null) {
                stage = Stage.TALKING;
                media.open(new LegLine(open));
                listener.on(new LegEvent.Answered());
            }
        }

        @Override
        public void ended(HangupCause why) {
            if (stage != Stage.ENDING) {
                leaveNobodyAlone();
                cause = why;
                end();
            }
        }
    }

    /// Before the answer it is the ringing tone that Asterisk makes.
    @Override
    public void sound(byte[] bytes) {
        if (stage != Stage.TALKING) {
            return;
        }
        long now = loop.nanoTime();
        long since = now - heardAt;
        if (heardMillis > 0 && since >= PAUSE.toNanos()) {
            heardMillis += Duration.ofNanos(since).toMillis() - bytes.length / BYTES_PER_MILLI;
        }
        heardAt = now;
        media.received(
                G711.MU_LAW.decode(ByteBuffer.wrap(bytes), 0, bytes.length), -1, heardMillis);
        heardMillis += bytes.length / BYTES_PER_MILLI;
    }

    /// Asterisk has ended the channel of the sound. Why somebody who was rung was not reached, it says
    /// beside this.
    @Override
    public void closed() {
        socket = null;
        media.close();
        switch (stage) {
            case CONNECTING -> {
                cause = HangupCause.CONGESTION;
                end();
            }
            case TALKING -> {
                leaveNobodyAlone();
                end();
            }
            case NEW, ENDING -> end();
            case WAITING -> {
                if (channels.arrived()) {
                    end();
                } else {
                    stage = Stage.CLOSED;
                    limit = loop.schedule(CAUSE_LIMIT, this::end);
                }
            }
            case CLOSED, ENDED -> {}
        }
    }

    /// The sound of somebody who talks has ended: they hung up, or it failed, and then the dialplan would keep
    /// them, as if we were dead.
    private void leaveNobodyAlone() {
        if (stage == Stage.TALKING) {
            var _ = channels.hangUp(HangupCause.NORMAL);
        }
    }

    @Override
    public void hangUp(HangupCause why) {
        if (isEnding()) {
            return;
        }
        boolean asked = stage != Stage.NEW || channels.arrived();
        ending(why);
        if (asked) {
            end(channels.hangUp(why));
        } else {
            loop.execute(this::end);
        }
    }

    @Override
    public void returnToCarrier() {
        if (stage == Stage.NEW) {
            ending(HangupCause.NORMAL);
            end(channels.giveBack());
        } else {
            leave();
        }
    }

    /// Whoever is not connected to us yet is not left to anybody else but Asterisk's dialplan, and whoever
    /// only rings is left to nobody.
    @Override
    public void leave() {
        if (isEnding()) {
            return;
        }
        LegSocket open = socket;
        if (open != null && (stage == Stage.TALKING || channels.arrived())) {
            ending(HangupCause.NORMAL);
            limit = loop.schedule(CLOSE_LIMIT, this::end);
            open.close();
        } else {
            hangUp(HangupCause.CONGESTION);
        }
    }

    @Override
    public void abandon() {
        if (!isEnding()) {
            var _ = channels.hangUp(HangupCause.FAILURE);
            ending(HangupCause.FAILURE);
        }
        end();
    }

    private boolean isEnding() {
        return stage == Stage.CLOSED || stage == Stage.ENDING || stage == Stage.ENDED;
    }

    private void ending(HangupCause why) {
        stage = Stage.ENDING;
        cause = why;
        limit.cancel();
    }

    /// The party is not there any more once `request` is granted, and then Asterisk closes the connection
    /// by itself. If it never is, closing the connection has the dialplan end the leg.
    private void end(Future<?> request) {
        limit =
                loop.schedule(
                        END_LIMIT,
                        () -> {
                            meters.releaseIncomplete().increment();
                            end();
                        });
        request.onComplete(
                _ -> {
                    if (stage == Stage.ENDING) {
                        limit.cancel();
                        if (socket == null) {
                            end();
                        } else {
                            limit = loop.schedule(CLOSE_LIMIT, this::end);
                        }
                    }
                });
    }

    private void end() {
        if (stage == Stage.ENDED) {
            return;
        }
        stage = Stage.ENDED;
        limit.cancel();
        tokens.withdraw(this);
        media.close();
        loop.schedule(END_LIMIT, channels::drop);
        LegSocket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
        done.accept(this);
        listener.on(new LegEvent.Ended(cause == null ? HangupCause.NORMAL : cause));
    }

    private void logRefusal(String what, Throwable failure) {
        meters.refused().increment();
        log.atWarn()
                .addKeyValue("call", context.callId())
                .addKeyValue("step", what)
                .addKeyValue("answer", failure.getMessage())
                .log("asterisk refused a step of a call");
    }
}
