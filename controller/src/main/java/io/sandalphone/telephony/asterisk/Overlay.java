package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.ChannelDestroyed;
import ch.loway.oss.ari4java.generated.models.ChannelHangupRequest;
import ch.loway.oss.ari4java.generated.models.ChannelStateChange;
import ch.loway.oss.ari4java.generated.models.Dial;
import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.generated.models.StasisEnd;
import ch.loway.oss.ari4java.generated.models.StasisStart;

import io.sandalphone.media.rtp.MediaPort;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.ConnectionListener;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A call whose both legs are on Asterisk: the two people talk in one mixing bridge, which we are
/// not part of; beside each leg stands a [PrivatePath] (docs/decisions/0001).
///
/// Runs on the call's loop.
final class Overlay implements CallConnection {
    private static final Logger log = LoggerFactory.getLogger(Overlay.class);

    // How long a refused request may turn out to be a hang-up whose event is still on its way.
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration ATTACH_DEADLINE = Duration.ofSeconds(5);

    /// Told when nothing of the call remains.
    @FunctionalInterface
    interface Done {
        void released(Overlay overlay);
    }

    private final String callId;
    private final MediaLoop media;
    private final Loop loop;
    private final AriCommands ari;
    private final AsteriskSettings.Trunk trunk;
    private final OverlayMeters meters;
    private final Done done;
    private final Ids ids;
    private final Resources resources;
    private final StasisTracker arriving;
    private final Map<Party, Leg> legs = new EnumMap<>(Party.class);
    private final Map<Party, PrivatePath> paths = new EnumMap<>(Party.class);
    private ConnectionListener listener = _ -> {};
    // The leg that ended first. Its hangup handler ends the other one, whose end may be told
    // before.
    private @Nullable Leg leaving;
    private @Nullable Future<?> mainBridge;
    private @Nullable String anchor;
    private MediaPort.@Nullable Stream anchorStream;
    private Loop.@Nullable Timer attachDeadline;
    private boolean attached;
    private boolean over;

    Overlay(
            String callId,
            MediaLoop media,
            AriCommands ari,
            AsteriskSettings.Trunk trunk,
            OverlayMeters meters,
            Done done) {
        this.callId = callId;
        this.media = media;
        loop = media.loop();
        this.ari = ari;
        this.trunk = trunk;
        this.meters = meters;
        this.done = done;
        ids = new Ids(callId);
        arriving = new StasisTracker(loop);
        resources = new Resources(loop, ari);
    }

    /// One party's channel.
    private static final class Leg {
        final Party party;
        final String channel;
        // Asterisk's name of the channel, which hangup handlers need; empty until it is known.
        String name = "";
        HangupCause cause = HangupCause.NORMAL;
        boolean answered;
        boolean ringing;
        boolean gone;

        Leg(Party party, String channel) {
            this.party = party;
            this.channel = channel;
        }
    }

    String callId() {
        return callId;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    /// The caller is there already, on a channel that Asterisk made.
    void adoptCaller(Channel channel) {
        var leg = new Leg(Party.CALLER, channel.getId());
        leg.name = channel.getName();
        legs.put(Party.CALLER, leg);
        resources.adopt(leg.channel);
        arriving.entered(leg.channel);
    }

    @Override
    public void listen(ConnectionListener listener) {
        this.listener = listener;
    }

    @Override
    public void dial(Party party, io.sandalphone.telephony.Dial dial) {
        if (over) {
            return;
        }
        Leg leg = new Leg(party, ids.leg(party));
        legs.put(party, leg);
        Leg other = legs.get(party.other());
        String originator = other == null ? "" : other.channel;
        Future<Channel> created =
                resources
                        .channel(
                                leg.channel,
                                () ->
                                        ari.createLeg(
                                                leg.channel,
                                                trunk.endpointFor(dial.number()),
                                                originator,
                                                variables(party, other == null)))
                        .onSuccess(channel -> leg.name = channel.getName());
        created.onFailure(_ -> gone(leg, HangupCause.CONGESTION));
        Future.all(created, arriving.await(leg.channel), mainBridge(), mark(other, dial))
                .compose(_ -> join(leg, other))
                .compose(_ -> limit(leg, dial.longestCall()))
                .compose(_ -> introduce(leg, dial.callerId()))
                .compose(_ -> ari.dial(leg.channel, originator, dial.ring()))
                .onFailure(failure -> refused("dial", failure));
    }

    private Map<String, String> variables(Party party, boolean first) {
        var variables = new HashMap<String, String>();
        variables.put(Ids.CALL_VARIABLE, callId);
        variables.put(Ids.ROLE_VARIABLE, Ids.role(party));
        if (first) {
            // The dialplan counts the calls that arrive in this group, and so counts this one too.
            variables.put("GROUP(sandalphone)", "call");
        }
        return variables;
    }

    private Future<?> mainBridge() {
        if (mainBridge == null) {
            mainBridge = resources.bridge(ids.main(), () -> ari.createBridge(ids.main()));
        }
        return mainBridge;
    }

    /// Writes on a channel that we did not make to which call it belongs.
    private Future<?> mark(@Nullable Leg leg, io.sandalphone.telephony.Dial dial) {
        if (leg == null || Ids.isLeg(leg.channel)) {
            return Future.succeededFuture();
        }
        return Future.all(
                ari.set(leg.channel, Ids.CALL_VARIABLE, callId),
                ari.set(leg.channel, Ids.ROLE_VARIABLE, Ids.role(leg.party)),
                limit(leg, dial.longestCall()));
    }

    /// The cap that Asterisk holds the leg to by itself, with us or without us.
    private Future<Void> limit(Leg leg, Duration longest) {
        return ari.set(leg.channel, "TIMEOUT(absolute)", Long.toString(longest.toSeconds()));
    }

    /// The number that the rung phone shows. A trunk that does not take it rings all the same.
    private Future<Void> introduce(Leg leg, String callerId) {
        return callerId.isEmpty()
                ? Future.succeededFuture()
                : ari.set(leg.channel, "CONNECTEDLINE(num,i)", callerId).otherwiseEmpty();
    }

    /// Puts the legs into the main bridge, and makes each hang the other up when it ends, with us or
    /// without us.
    private Future<?> join(Leg leg, @Nullable Leg other) {
        if (other == null) {
            return ari.addToBridge(ids.main(), leg.channel);
        }
        Future<Void> added =
                Ids.isLeg(other.channel)
                        ? ari.addToBridge(ids.main(), leg.channel)
                        : ari.addToBridge(ids.main(), other.channel, leg.channel);
        return added.compose(_ -> Future.all(tie(leg, other), tie(other, leg)));
    }

    private Future<Void> tie(Leg leg, Leg other) {
        return ari.set(
                leg.channel, "CHANNEL(hangup_handler_push)", "sp-hangup,s,1(" + other.name + ")");
    }

    @Override
    public void attachAudio() {
        if (over || !paths.isEmpty()) {
            return;
        }
        List<Future<?>> building = new ArrayList<>();
        for (Leg leg : legs.values()) {
            var path = new PrivatePath(leg.channel, ids, ari, resources, arriving, media);
            var repair = new LegRepair(leg.channel, ids.main(), path, loop, ari, repairs(leg));
            paths.put(leg.party, path);
            building.add(path.build(repair::look, () -> audioLost("stream-fault")));
            repair.look();
        }
        building.add(buildAnchor());
        attachDeadline = loop.schedule(ATTACH_DEADLINE, () -> audioLost("attach-overdue"));
        Future.all(building)
                .onSuccess(_ -> audioAttached())
                .onFailure(
                        failure -> {
                            logRefusal("attach", failure);
                            audioLost("attach-refused");
                        });
    }

    /// The third member of the main bridge: with it Asterisk mixes, and whispers need no packets
    /// from the other party (docs/decisions/0001). What it hears goes nowhere.
    private Future<Void> buildAnchor() {
        String id = ids.next("anchor");
        anchor = id;
        return resources
                .channel(
                        id,
                        () -> ari.externalMedia(id, media.sink().localAddress(), Map.of()))
                .onSuccess(this::openAnchor)
                .compose(_ -> arriving.await(id))
                .compose(_ -> ari.addToBridge(ids.main(), id));
    }

    /// So that nobody on this host can speak to both people through it.
    private void openAnchor(Channel channel) {
        if (channel.getId().equals(anchor)) {
            anchorStream = media.sink().open(PrivatePath.address(channel), () -> {});
        }
    }

    private void audioAttached() {
        if (over || attached || paths.isEmpty()) {
            return;
        }
        attached = true;
        cancelDeadline();
        listener.on(new ConnectionEvent.AudioAttached());
    }

    private void audioLost(String why) {
        if (over || paths.isEmpty()) {
            return;
        }
        attached = false;
        cancelDeadline();
        meters.audioLost().increment();
        closePaths();
        listener.on(new ConnectionEvent.AudioLost(why));
    }

    private Future<?> closePaths() {
        List<Future<?>> closing = new ArrayList<>();
        paths.values().forEach(path -> closing.add(path.close()));
        paths.clear();
        if (anchor != null) {
            closing.add(resources.remove(List.of(anchor), List.of(), HangupCause.NORMAL));
            anchor = null;
        }
        if (anchorStream != null) {
            anchorStream.close();
            anchorStream = null;
        }
        return Future.all(closing);
    }

    private void cancelDeadline() {
        if (attachDeadline != null) {
            attachDeadline.cancel();
            attachDeadline = null;
        }
    }

    @Override
    public LegAudio audio(Party party) {
        PrivatePath path = paths.get(party);
        if (path == null || !attached) {
            throw new IllegalStateException("no audio is attached to the call");
        }
        return path;
    }

    @Override
    public void release(HangupCause cause) {
        if (over) {
            return;
        }
        over = true;
        cancelDeadline();
        // The people first: they are not to wait for what we still have to clear away.
        legs.values().stream()
                .filter(leg -> !leg.gone)
                .forEach(leg -> ari.hangUp(leg.channel, cause));
        closePaths()
                .compose(_ -> resources.removeAll(cause))
                .onComplete(removal -> released(removal.succeeded() && removal.result()));
    }

    @Override
    public void leave() {
        if (over) {
            return;
        }
        over = true;
        cancelDeadline();
        Set<String> keep = new HashSet<>();
        keep.add(ids.main());
        legs.values().forEach(leg -> keep.add(leg.channel));
        closePaths()
                .compose(_ -> resources.removeAllBut(keep))
                .onComplete(removal -> released(removal.succeeded() && removal.result()));
    }

    /// The caller goes on in the dialplan where callers go while no controller is there. One whom
    /// Asterisk does not let go on is told that there is no way just now.
    @Override
    public void returnToDialplan() {
        if (over) {
            return;
        }
        over = true;
        Leg caller = Objects.requireNonNull(legs.get(Party.CALLER));
        ari.continueAt(caller.channel, "untranslated")
                .map(true)
                .recover(_ -> resources.removeAll(HangupCause.CONGESTION))
                .onComplete(passed -> released(passed.succeeded() && passed.result()));
    }

    private void released(boolean complete) {
        if (!complete) {
            meters.releaseIncomplete().increment();
            log.atWarn()
                    .addKeyValue("call", callId)
                    .log("call release incomplete, left to the next sweep");
        }
        done.released(this);
        listener.on(new ConnectionEvent.Released());
    }

    /// Asterisk is a new one, and nothing of the call can be there any more.
    private void carrierLost() {
        over = true;
        cancelDeadline();
        paths.values().forEach(PrivatePath::close);
        paths.clear();
        if (anchorStream != null) {
            anchorStream.close();
        }
        done.released(this);
        listener.on(new ConnectionEvent.CarrierLost());
    }

    /// What Asterisk has after a time in which we missed its events.
    void reconcile(Set<String> channels, Set<String> bridges) {
        if (over) {
            // The removal under way finds nothing and ends by itself.
            return;
        }
        // An Asterisk that goes on keeps a bridge even when everybody has left it.
        if (mainBridge != null
                && mainBridge.succeeded()
                && !bridges.contains(ids.main())
                && legs.values().stream().noneMatch(leg -> channels.contains(leg.channel))) {
            carrierLost();
            return;
        }
        for (Leg leg : List.copyOf(legs.values())) {
            if (!channels.contains(leg.channel) && resources.has(leg.channel)) {
                gone(leg, leg.cause);
            }
        }
        boolean whole =
                (anchor == null || channels.contains(anchor))
                        && paths.values().stream().allMatch(path -> path.standsIn(channels));
        if (attached && !whole) {
            audioLost("missed-events");
        }
    }

    /// Something happened to a channel of this call.
    void on(Message event) {
        switch (event) {
            case StasisStart start -> arriving.entered(start.getChannel().getId());
            case ChannelStateChange change -> stateChanged(change.getChannel());
            case Dial dial -> dialed(dial);
            case ChannelHangupRequest request -> hangupRequested(request);
            case ChannelDestroyed destroyed -> destroyed(destroyed);
            case StasisEnd end -> stasisEnded(end.getChannel().getId());
            default -> {}
        }
    }

    private @Nullable Leg leg(String channel) {
        for (Leg leg : legs.values()) {
            if (leg.channel.equals(channel)) {
                return leg;
            }
        }
        return null;
    }

    private void stateChanged(Channel channel) {
        Leg leg = leg(channel.getId());
        if (leg == null || leg.gone || over) {
            return;
        }
        switch (channel.getState()) {
            case "Ringing" -> ringing(leg);
            case "Up" -> answered(leg);
            case null, default -> {}
        }
    }

    private void dialed(Dial dial) {
        Leg leg = dial.getPeer() == null ? null : leg(dial.getPeer().getId());
        if (leg != null && "RINGING".equals(dial.getDialstatus())) {
            ringing(leg);
        }
    }

    private void ringing(Leg leg) {
        if (!leg.ringing && !leg.answered && !over) {
            leg.ringing = true;
            listener.on(new ConnectionEvent.Ringing(leg.party));
        }
    }

    private void answered(Leg leg) {
        if (!leg.answered) {
            leg.answered = true;
            listener.on(new ConnectionEvent.Answered(leg.party));
        }
    }

    private void hangupRequested(ChannelHangupRequest request) {
        Leg leg = leg(request.getChannel().getId());
        if (leg == null) {
            return;
        }
        if (leaving == null) {
            leaving = leg;
        }
        if (request.getCause() != null && request.getCause() != 0) {
            leg.cause = HangupCause.ofQ850(request.getCause());
        }
    }

    private void destroyed(ChannelDestroyed destroyed) {
        String channel = destroyed.getChannel().getId();
        arriving.left(channel);
        Leg leg = leg(channel);
        if (leg == null) {
            helperEnded(channel);
            return;
        }
        Integer cause = destroyed.getCause();
        gone(leg, cause == null || cause == 0 ? leg.cause : HangupCause.ofQ850(cause));
    }

    private void stasisEnded(String channel) {
        arriving.left(channel);
        Leg leg = leg(channel);
        if (leg == null) {
            helperEnded(channel);
        } else {
            // ChannelDestroyed, with the better cause, follows within a millisecond; if it does
            // not, the leg is gone from us all the same.
            loop.schedule(GRACE, () -> gone(leg, leg.cause));
        }
    }

    private void gone(Leg leg, HangupCause cause) {
        if (leg.gone) {
            return;
        }
        if (leaving != null && leaving != leg) {
            gone(leaving, leaving.cause);
        }
        leg.gone = true;
        if (!over) {
            listener.on(new ConnectionEvent.Gone(leg.party, cause));
        }
    }

    /// A snoop, an ExternalMedia channel or the anchor ended. When its leg has ended, that is about
    /// to be told too; only what ends by itself is a loss.
    private void helperEnded(String channel) {
        if (needed(channel)) {
            loop.schedule(
                    GRACE,
                    () -> {
                        if (needed(channel)) {
                            audioLost("channel-ended");
                        }
                    });
        }
    }

    private boolean needed(String channel) {
        return legs.values().stream().noneMatch(leg -> leg.gone)
                && (channel.equals(anchor)
                        || paths.values().stream().anyMatch(path -> path.needs(channel)));
    }

    private void refused(String what, Throwable failure) {
        if (over) {
            return;
        }
        logRefusal(what, failure);
        loop.schedule(
                GRACE,
                () -> {
                    if (!over && legs.values().stream().noneMatch(leg -> leg.gone)) {
                        listener.on(new ConnectionEvent.Failed(what));
                    }
                });
    }

    private void logRefusal(String what, Throwable failure) {
        meters.refused().increment();
        log.atWarn()
                .addKeyValue("call", callId)
                .addKeyValue("step", what)
                .addKeyValue("answer", failure.getMessage())
                .log("asterisk refused a step of a call");
    }

    /// Counts and logs the repairs of `leg`.
    private LegRepair.Listener repairs(Leg leg) {
        return new LegRepair.Listener() {
            @Override
            public void repairing() {
                meters.repaired().increment();
                log.atInfo()
                        .addKeyValue("call", callId)
                        .addKeyValue("leg", Ids.role(leg.party))
                        .log("leg repaired, its packets are numbered anew");
            }

            @Override
            public void refused(Throwable failure) {
                logRefusal("repair", failure);
            }
        };
    }
}
