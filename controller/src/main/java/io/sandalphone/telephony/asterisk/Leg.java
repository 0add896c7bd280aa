package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegSound;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.asterisk.DesiredState.Outcome;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// One party's channel: what is known of it, and what is wanted of it at Asterisk, which is asked for
/// until it holds or the leg is gone. Runs on the call's loop.
final class Leg {
    final Party party;
    final String channel;

    /// Asterisk's name of the channel, which hangup handlers need; empty until it is known.
    String name = "";

    HangupCause cause = HangupCause.NORMAL;

    /// How it can be dialled once more when it ends by a cause of Q.850.
    IntFunction<Optional<Runnable>> again = _ -> Optional.empty();

    boolean dialled;
    boolean ringing;
    boolean answered;
    boolean onHold;

    /// What is heard of it.
    final LegSound sound;

    /// How loud the other party hears this one.
    final Ducking voice;

    private final Loop loop;
    private final AriCommands ari;
    private final DesiredState.Repeats repeats;
    private final DesiredState<String> bridge;
    private final Map<String, DesiredState<String>> variables = new LinkedHashMap<>();
    private boolean gone;

    Leg(Party party, String channel, Loop loop, AriCommands ari, DesiredState.Repeats repeats) {
        this.party = party;
        this.channel = channel;
        this.loop = loop;
        this.ari = ari;
        this.repeats = repeats;
        sound = new LegSound(loop.nanoTime());
        bridge = new DesiredState<>(loop, id -> ari.addToBridge(id, channel), repeats);
        voice = new Ducking(loop, variable(Ducking.VOLUME));
    }

    private DesiredState<String> variable(String name) {
        return variables.computeIfAbsent(
                name,
                _ -> new DesiredState<>(loop, value -> ari.set(channel, name, value), repeats));
    }

    /// Puts the leg into a bridge; also where it is in it already, which makes Asterisk hear it
    /// from the beginning.
    Future<Outcome> putInto(String id) {
        return bridge.want(id);
    }

    /// Writes on the channel to which call it belongs, for whoever finds it after a crash of ours.
    void mark(String callId) {
        variable(Ids.CALL_VARIABLE).want(callId);
        variable(Ids.ROLE_VARIABLE).want(Ids.role(party));
    }

    /// The cap that Asterisk holds the leg to by itself, with us or without us, from now on.
    void limit(Duration longest) {
        variable("TIMEOUT(absolute)").want(Long.toString(longest.toSeconds()));
    }

    /// Makes Asterisk hang `other` up when this leg ends, with us or without us. Replaces the handler
    /// there is, so that it can be asked for twice.
    void takeAlong(Leg other) {
        variable("CHANNEL(hangup_handler_wipe)").want("sp-hangup,s,1(" + other.name + ")");
    }

    boolean isGone() {
        return gone;
    }

    /// Nothing can be wanted of it any more.
    void gone() {
        gone = true;
        bridge.gone();
        variables.values().forEach(DesiredState::gone);
    }

    /// Nothing more is asked for, because it is about to be hung up.
    void drop() {
        bridge.drop();
        variables.values().forEach(DesiredState::drop);
    }

    /// Completes when all that is wanted of it holds, or it is gone.
    Future<?> settled() {
        List<Future<?>> wishes = new ArrayList<>();
        wishes.add(bridge.settled());
        variables.values().forEach(variable -> wishes.add(variable.settled()));
        return Future.all(wishes);
    }
}
