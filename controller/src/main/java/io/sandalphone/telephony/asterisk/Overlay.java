package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.ChannelDestroyed;
import ch.loway.oss.ari4java.generated.models.ChannelDtmfReceived;
import ch.loway.oss.ari4java.generated.models.ChannelHangupRequest;
import ch.loway.oss.ari4java.generated.models.ChannelHold;
import ch.loway.oss.ari4java.generated.models.ChannelStateChange;
import ch.loway.oss.ari4java.generated.models.ChannelUnhold;
import ch.loway.oss.ari4java.generated.models.Dial;
import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.generated.models.StasisEnd;
import ch.loway.oss.ari4java.generated.models.StasisStart;

import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.ConnectionListener;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.asterisk.DesiredState.Outcome;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A call whose both legs are on Asterisk: the two people talk in one mixing bridge, which we are
/// not part of; beside each leg stands a [PrivatePath] (docs/decisions/0001).
///
/// What the two need to talk and to part is asked for until it holds ([Leg]); what only improves
/// the call is built again when it fails ([AudioAttempt]). Runs on the call's loop.
final class Overlay implements CallConnection {
    /// The context of the dialplan in which a caller is connected without us.
    static final String UNTRANSLATED = "untranslated";

    /// The context in which a caller hears themselves.
    static final String ECHO = "echo";

    // How long a refused request may turn out to be a hang-up whose event is still on its way.
    private static final Duration GRACE = Duration.ofMillis(500);

    // After so long without having been rung the other party will not be.
    private static final Duration DIAL_DEADLINE = Duration.ofSeconds(15);

    // How long Asterisk may refuse to let a caller go on in the dialplan.
    private static final Duration RETURN_DEADLINE = Duration.ofSeconds(8);

    // For what is left to Asterisk to be as it is wanted, and our own part to be gone.
    private static final Duration LEAVE_DEADLINE = Duration.ofSeconds(10);

    /// What may be left of a call at Asterisk when it is over for us.
    enum Rest {
        NOTHING,
        /// Nothing yet: Asterisk may still make something that we gave up.
        LATECOMERS,
        /// What we made beside the two people; they were to go on talking.
        OUR_PART,
        /// Something of a call that was to end for everybody.
        EVERYTHING
    }

    /// Told when the call is over for us.
    @FunctionalInterface
    interface Done {
        void released(Overlay overlay, Rest rest);
    }

    private final String callId;
    private final MediaLoop media;
    private final Loop loop;
    private final AriCommands ari;
    private final AsteriskSettings.Trunk trunk;
    private final SecondPop secondPop;
    private final AsteriskSettings.SilenceLimits silenceLimits;
    private final OverlayTrouble trouble;
    private final Done done;
    private final Ids ids;
    private final Resources resources;
    private final StasisTracker stasis;
    private final Map<Party, Leg> legs = new EnumMap<>(Party.class);
    private final DesiredState<String> mainBridge;
    private ConnectionListener listener = _ -> {};
    // The leg that ended first. Its hangup handler ends the other one, whose end may be told
    // before.
    private @Nullable Leg leaving;
    private @Nullable AudioAttempt attempt;
    private @Nullable Future<Outcome> mainBridgeMade;
    private @Nullable DesiredState<String> returning;
    private final Doubts doubts = new Doubts();
    private @Nullable Inherited inherited;
    private volatile Map<Party, LegPlace> places = Map.of();
    private Loop.Timer dialDeadline = () -> {};
    private @Nullable SilentLegWatch silence;
    private boolean over;
    // The two people were left to themselves.
    private boolean left;
    private boolean released;

    /// `ids` are those of the call.
    Overlay(
            Ids ids,
            MediaLoop media,
            AriCommands ari,
            AsteriskSettings.Trunk trunk,
            SecondPop secondPop,
            AsteriskSettings.SilenceLimits silenceLimits,
            OverlayMeters meters,
            Done done) {
        this.ids = ids;
        callId = ids.callId();
        this.media = media;
        loop = media.loop();
        this.ari = ari;
        this.trunk = trunk;
        this.secondPop = secondPop;
        this.silenceLimits = silenceLimits;
        trouble = new OverlayTrouble(callId, meters);
        this.done = done;
        stasis = new StasisTracker(loop);
        resources = new Resources(loop, ari);
        mainBridge = new DesiredState<>(loop, ari::createBridge, trouble::repeated);
    }

    String callId() {
        return callId;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    private Leg addLeg(Party party, String channel) {
        var leg = new Leg(party, channel, loop, ari, trouble::repeated);
        legs.put(party, leg);
        Map<Party, LegPlace> now = new EnumMap<>(Party.class);
        legs.forEach((each, there) -> now.put(each, place(there.channel)));
        places = now;
        return leg;
    }

    /// Where a leg on this channel is.
    static LegPlace place(String channel) {
        return new LegPlace(AsteriskCarrier.NAME, Map.of("channel", channel));
    }

    @Override
    public Map<Party, LegPlace> places() {
        return places;
    }

    /// Both people are in the main bridge already, where a controller before this one had put them. Nothing is done to them but that
    /// what is wanted of them whatever becomes of us is asked for once more; a voice that was low first.
    void adopt(Sweep.Pair pair) {
        resources.adoptBridge(ids.main());
        mainBridgeMade = Future.succeededFuture(Outcome.HOLDS);
        pair.legs().forEach(this::adopt);
        inherited = new Inherited(loop, resources, pair.others(), pair.bridges());
        for (Leg leg : legs.values()) {
            Leg other = Objects.requireNonNull(legs.get(leg.party.other()));
            leg.takeAlong(other);
            if (!Ids.isLeg(leg.channel)) {
                leg.mark(callId);
            }
        }
        Leg destination = Objects.requireNonNull(legs.get(Party.DESTINATION));
        if (destination.answered) {
            watchForSilence(destination);
        }
        // Nobody had told us what happened to them until now.
        eventsMissed();
    }

    private void adopt(Party party, Channel channel) {
        Leg leg = addLeg(party, channel.getId());
        leg.voice.assureFull();
        leg.name = channel.getName();
        leg.dialled = true;
        leg.ringing = true;
        leg.answered = "Up".equals(channel.getState());
        resources.adopt(leg.channel);
        stasis.entered(channel);
    }

    /// The caller is there already, on a channel that Asterisk made.
    void adoptCaller(Channel channel) {
        Leg leg = addLeg(Party.CALLER, channel.getId());
        leg.name = channel.getName();
        resources.adopt(leg.channel);
        stasis.entered(channel);
    }

    @Override
    public void listen(ConnectionListener listener) {
        this.listener = listener;
    }

    @Override
    public void dial(Party party, io.sandalphone.telephony.Dial dial) {
        dial(party, dial, trunk.endpointFor(dial.number()));
    }

    private void dial(Party party, io.sandalphone.telephony.Dial dial, String endpoint) {
        if (over) {
            return;
        }
        Leg leg = addLeg(party, ids.leg(party));
        leg.again =
                cause ->
                        secondPop
                                .insteadOf(endpoint, cause)
                                .map(other -> () -> dial(party, dial, other));
        Leg other = legs.get(party.other());
        String originator = other == null ? "" : other.channel;
        dialDeadline.cancel();
        dialDeadline = loop.schedule(DIAL_DEADLINE, () -> notDialled(leg, "dial-overdue"));
        Future<Channel> created =
                resources.channel(
                        leg.channel,
                        () ->
                                ari.createLeg(
                                        leg.channel,
                                        endpoint,
                                        originator,
                                        ChannelVariables.of(callId, party, dial, other == null)));
        Future<Channel> there = stasis.await(leg.channel, created);
        there.onSuccess(channel -> arrived(leg, other, channel.getName(), dial.longestCall()))
                .onFailure(_ -> gone(leg, HangupCause.CONGESTION));
        Future.all(there, mainBridge())
                .compose(_ -> join(leg, other))
                .compose(_ -> ari.dial(leg.channel, dial.ring()))
                .onSuccess(_ -> dialled(leg))
                .onFailure(
                        failure -> {
                            if (!over && !leg.dialled) {
                                trouble.refused("dial", failure);
                                notDialled(leg, "dial");
                            }
                        });
    }

    private Future<Outcome> mainBridge() {
        if (mainBridgeMade == null) {
            mainBridgeMade = resources.bridge(ids.main(), () -> mainBridge.want(ids.main()));
        }
        return mainBridgeMade;
    }

    /// The leg is there: what is wanted of it and of the other one whatever becomes of us. Nobody
    /// waits for it.
    private void arrived(Leg leg, @Nullable Leg other, String name, Duration longest) {
        if (over) {
            return;
        }
        leg.name = name;
        leg.limit(longest);
        if (other != null) {
            if (!Ids.isLeg(other.channel)) {
                other.mark(callId);
                other.limit(longest);
            }
            leg.takeAlong(other);
            other.takeAlong(leg);
        }
    }

    /// Asterisk dials it; its events say so too, where the answer to the request is lost. The request
    /// is not repeated: Asterisk ends a channel that is dialled twice.
    private void dialled(Leg leg) {
        leg.dialled = true;
        dialDeadline.cancel();
    }

    /// Puts the legs into the main bridge. One that we rang is there since then.
    private Future<?> join(Leg leg, @Nullable Leg other) {
        Future<?> otherIn =
                other == null || Ids.isLeg(other.channel)
                        ? Future.succeededFuture()
                        : other.putInto(ids.main()).map(this::held);
        return otherIn.compose(_ -> leg.putInto(ids.main())).map(this::held);
    }

    private Outcome held(Outcome outcome) {
        if (outcome != Outcome.HOLDS || over) {
            throw new IllegalStateException("a leg is gone");
        }
        return outcome;
    }

    @Override
    public void attachAudio() {
        if (over || attempt != null) {
            return;
        }
        var next =
                new AudioAttempt(
                        legs.values(), ids, ari, resources, stasis, media, new AudioEvents());
        attempt = next;
        try {
            next.start();
        } catch (RuntimeException fault) {
            attempt = null;
            next.close();
            throw fault;
        }
    }

    /// What becomes of the attempts to attach our audio; only the latest one counts.
    private final class AudioEvents implements AudioAttempt.Listener {
        @Override
        public void attached(AudioAttempt which) {
            if (which == attempt) {
                discardInherited();
                listener.on(new ConnectionEvent.AudioAttached());
            }
        }

        @Override
        public void lost(AudioAttempt which, String why) {
            if (which == attempt) {
                attempt = null;
                discardInherited();
                trouble.audioLost();
                listener.on(new ConnectionEvent.AudioLost(why));
            }
        }

        @Override
        public void repairing(Leg leg) {
            trouble.repairing(leg);
        }

        @Override
        public void refused(String step, Throwable failure) {
            trouble.refused(step, failure);
        }
    }

    private void discardInherited() {
        if (inherited != null) {
            inherited.discard();
        }
    }

    @Override
    public LegAudio audio(Party party) {
        if (attempt == null) {
            throw new IllegalStateException("no audio is attached to the call");
        }
        return attempt.audio(party);
    }

    @Override
    public void release(HangupCause cause) {
        if (over) {
            return;
        }
        end();
        forgetAudio();
        // The people first: they are not to wait for what we still have to clear away.
        for (Leg leg : legs.values()) {
            leg.drop();
            if (!leg.isGone()) {
                var _ = ari.hangUp(leg.channel, cause);
            }
        }
        resources
                .removeAll(cause)
                .onComplete(removal -> released(removal.succeeded() && removal.result()));
    }

    @Override
    public void leave() {
        if (over) {
            return;
        }
        end();
        forgetAudio();
        left = true;
        Set<String> keep = new HashSet<>();
        keep.add(ids.main());
        List<Future<?>> settled = new ArrayList<>();
        for (Leg leg : legs.values()) {
            keep.add(leg.channel);
            settled.add(leg.voice.rise());
            settled.add(leg.settled());
        }
        Future<Boolean> removed = resources.removeAllBut(keep);
        Loop.Timer overdue = loop.schedule(LEAVE_DEADLINE, () -> released(false));
        Future.join(removed, Future.join(settled))
                .onComplete(
                        _ -> {
                            overdue.cancel();
                            released(removed.succeeded() && removed.result());
                        });
    }

    private void end() {
        over = true;
        if (inherited != null) {
            inherited.forget();
        }
        if (silence != null) {
            silence.stop();
        }
        dialDeadline.cancel();
        mainBridge.drop();
    }

    /// The caller goes on in the dialplan where callers go while no controller is there. One whom
    /// Asterisk does not let go on hears that there is no way just now.
    @Override
    public void returnToDialplan() {
        goOnAt(UNTRANSLATED);
    }

    /// Nobody is alone here: a caller whose sound passes through us has another connection.
    @Override
    public void answer() {
        throw new IllegalStateException("an overlay joins two people");
    }

    /// Asterisk echoes by itself, and our death is not noticed.
    @Override
    public void echo() {
        goOnAt(ECHO);
    }

    /// Lets the caller go on at the beginning of a context of the dialplan, without us.
    private void goOnAt(String context) {
        if (over) {
            return;
        }
        end();
        Leg caller = Objects.requireNonNull(legs.get(Party.CALLER));
        var goingOn =
                new DesiredState<String>(
                        loop, where -> ari.continueAt(caller.channel, where), trouble::repeated);
        returning = goingOn;
        Loop.Timer overdue = loop.schedule(RETURN_DEADLINE, goingOn::drop);
        goingOn.want(context)
                .compose(
                        outcome ->
                                outcome == Outcome.SUPERSEDED
                                        ? resources.removeAll(HangupCause.CONGESTION)
                                        : Future.succeededFuture(true))
                .onComplete(
                        returned -> {
                            overdue.cancel();
                            released(returned.succeeded() && returned.result());
                        });
    }

    @Override
    public void abandon() {
        end();
        forgetAudio();
        for (Leg leg : legs.values()) {
            leg.drop();
            if (!left && !leg.isGone() && !released) {
                var _ = ari.hangUp(leg.channel, HangupCause.FAILURE);
            }
        }
        released(false);
    }

    private void forgetAudio() {
        if (attempt != null) {
            attempt.forget();
            attempt = null;
        }
    }

    private void released(boolean complete) {
        if (released) {
            return;
        }
        released = true;
        if (!complete) {
            trouble.releaseIncomplete();
        }
        done.released(this, rest(complete));
        listener.on(new ConnectionEvent.Released());
    }

    private Rest rest(boolean complete) {
        if (!complete) {
            return left ? Rest.OUR_PART : Rest.EVERYTHING;
        }
        return resources.mayGrow() ? Rest.LATECOMERS : Rest.NOTHING;
    }

    /// Asterisk is a new one, and nothing of the call can be there any more.
    private void carrierLost() {
        end();
        released = true;
        legs.values().forEach(Leg::gone);
        forgetAudio();
        done.released(this, Rest.NOTHING);
        listener.on(new ConnectionEvent.CarrierLost());
    }

    /// The application is another controller's now, and its events with it.
    void takenOver() {
        if (!over) {
            listener.on(new ConnectionEvent.TakenOver());
        }
    }

    /// Events were missed. What is there now is what they may have been about.
    void eventsMissed() {
        doubts.of(
                legs.values().stream().filter(leg -> stasis.has(leg.channel)).toList(),
                mainBridgeMade != null && mainBridgeMade.succeeded(),
                attempt != null && attempt.isAttached() ? attempt : null);
    }

    /// What Asterisk has after events were missed.
    void reconcile(Sweep.Inventory found) {
        if (over) {
            // The removal under way finds nothing and ends by itself.
            return;
        }
        // An Asterisk that goes on keeps a bridge even when everybody has left it.
        if (doubts.isBridge()
                && !found.hasBridge(ids.main())
                && legs.values().stream().noneMatch(leg -> isThere(leg, found))) {
            carrierLost();
            return;
        }
        boolean audioDoubtful = doubts.isAttached(attempt);
        for (Leg leg : doubts.resolve()) {
            found.channel(leg.channel)
                    .ifPresentOrElse(this::stateChanged, () -> gone(leg, leg.cause));
        }
        if (attempt != null && audioDoubtful) {
            attempt.reconcile(found.channelIds());
        }
    }

    private static boolean isThere(Leg leg, Sweep.Inventory found) {
        return found.channel(leg.channel).isPresent();
    }

    /// Something happened to a channel of this call.
    void on(Message event) {
        switch (event) {
            case StasisStart start -> entered(start.getChannel());
            case ChannelStateChange change -> stateChanged(change.getChannel());
            case Dial dial -> dialed(dial);
            case ChannelHangupRequest request -> hangupRequested(request);
            case ChannelDtmfReceived pressed -> pressed(pressed);
            case ChannelDestroyed destroyed -> destroyed(destroyed);
            case StasisEnd end -> stasisEnded(end.getChannel().getId());
            case ChannelHold hold -> onHold(hold.getChannel(), true);
            case ChannelUnhold unhold -> onHold(unhold.getChannel(), false);
            default -> {}
        }
    }

    /// A channel that was given up before it came is not kept: what was asked for to remove it may
    /// have been done too early.
    private void entered(Channel channel) {
        if (resources.wants(channel.getId())) {
            stasis.entered(channel);
        } else {
            resources.adopt(channel.getId());
            resources.discard(List.of(channel.getId()), List.of());
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
        if (leg == null || leg.isGone() || over) {
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
        if (leg == null) {
            return;
        }
        dialled(leg);
        if ("RINGING".equals(dial.getDialstatus())) {
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
        if (!leg.answered && !over) {
            leg.answered = true;
            if (leg.party == Party.DESTINATION) {
                watchForSilence(leg);
            }
            listener.on(new ConnectionEvent.Answered(leg.party));
        }
    }

    private void watchForSilence(Leg destination) {
        Leg caller = legs.get(Party.CALLER);
        if (caller != null && silence == null) {
            silence =
                    new SilentLegWatch(
                            caller, destination, loop, ari, silenceLimits, new SilentLegs());
        }
    }

    private final class SilentLegs implements SilentLegWatch.Listener {
        @Override
        public void asking(Leg leg) {
            trouble.silentAsked();
        }

        @Override
        public void refused(Throwable failure) {
            trouble.refused("session-refresh", failure);
        }

        @Override
        public void silentTooLong(Leg leg) {
            trouble.silentTooLong(leg);
            listener.on(new ConnectionEvent.Silent(leg.party));
        }
    }

    private void onHold(Channel channel, boolean onHold) {
        Leg leg = leg(channel.getId());
        if (leg != null) {
            leg.onHold = onHold;
        }
    }

    /// Asterisk has let the other party hear it.
    private void pressed(ChannelDtmfReceived pressed) {
        Leg leg = leg(pressed.getChannel().getId());
        String key = pressed.getDigit();
        if (leg != null && !over && key.length() == 1) {
            listener.on(new ConnectionEvent.KeyPressed(leg.party, key.charAt(0)));
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
        stasis.left(channel);
        Leg leg = leg(channel);
        if (leg == null) {
            helperEnded(channel);
            return;
        }
        Integer cause = destroyed.getCause();
        if (cause != null && dialledAgain(leg, cause)) {
            return;
        }
        gone(leg, cause == null || cause == 0 ? leg.cause : HangupCause.ofQ850(cause));
    }

    /// Dials once more, by the second POP, what the first one did not answer at all.
    private boolean dialledAgain(Leg leg, int cause) {
        boolean othersStay = leaving == null || leaving == leg;
        if (over || leg.ringing || leg.answered || leg.isGone() || !othersStay) {
            return false;
        }
        Optional<Runnable> again = leg.again.apply(cause);
        again.ifPresent(
                dialling -> {
                    leaving = null;
                    leg.gone();
                    trouble.dialledAgain();
                    dialling.run();
                });
        return again.isPresent();
    }

    private void stasisEnded(String channel) {
        stasis.left(channel);
        Leg leg = leg(channel);
        if (leg == null) {
            helperEnded(channel);
        } else if (returning != null) {
            returning.gone();
        } else {
            // ChannelDestroyed, with the better cause, follows within a millisecond; if it does
            // not, the leg is gone from us all the same.
            loop.schedule(GRACE, () -> gone(leg, leg.cause));
        }
    }

    private void helperEnded(String channel) {
        if (attempt != null) {
            attempt.ended(channel);
        }
    }

    private void gone(Leg leg, HangupCause cause) {
        if (leg.isGone()) {
            return;
        }
        if (leaving != null && leaving != leg) {
            gone(leaving, leaving.cause);
        }
        leg.gone();
        if (!over) {
            listener.on(new ConnectionEvent.Gone(leg.party, cause));
        }
    }

    /// The leg is not rung. It may turn out that a hang-up was the reason, or that it is after all.
    private void notDialled(Leg leg, String why) {
        loop.schedule(
                GRACE,
                () -> {
                    if (!over && !leg.dialled && legs.values().stream().noneMatch(Leg::isGone)) {
                        listener.on(new ConnectionEvent.Failed(why));
                    }
                });
    }
}
