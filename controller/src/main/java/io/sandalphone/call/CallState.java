package io.sandalphone.call;

import io.sandalphone.call.Outcome.Reason;
import io.sandalphone.call.Outcome.Result;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;

import java.util.List;
import java.util.Locale;

/// The life of a call as a function: a state and an event give the next state and the effects.
///
/// Total and idempotent: every event is answered in every state, and what comes late, twice or out
/// of order changes nothing it should not. Holds no thread and reads no clock.
public sealed interface CallState {
    /// Nothing has been done for it yet.
    record New() implements CallState {}

    /// An operator's call: the first party is being rung.
    record Placing() implements CallState {}

    /// The caller is there, the destination is being rung.
    record Dialing(boolean ringing) implements CallState {}

    /// The caller hears themselves, and nobody else is there.
    record Echoing() implements CallState {}

    /// Somebody is there whom we hear and speak to, once our own audio is there.
    sealed interface Connected extends CallState {
        /// How it stands with our audio.
        Audio audio();

        /// The same with our audio as it stands now.
        Connected with(Audio audio);

        /// What our audio is there for begins.
        List<Effect> start();

        /// It ends, for good or until our audio is back.
        List<Effect> pause();

        /// It ends for good.
        default List<Effect> stop() {
            return pause();
        }
    }

    /// An agent converses with the caller, and nobody else is there. With [Audio#ATTACHED] the two hear each other.
    record Attending(Audio audio) implements Connected {
        @Override
        public Connected with(Audio audio) {
            return new Attending(audio);
        }

        @Override
        public List<Effect> start() {
            return List.of(new Effect.StartAttending());
        }

        @Override
        public List<Effect> pause() {
            return List.of(new Effect.StopAttending());
        }
    }

    /// The agent has put the caller through, and is silent: a person is being rung, or has `answered` and hears why. The caller hears
    /// ringing. Our audio is the caller's, for the agent who may come back.
    record Transferring(Audio audio, boolean answered) implements Connected {
        @Override
        public Connected with(Audio audio) {
            return new Transferring(audio, answered);
        }

        @Override
        public List<Effect> start() {
            return List.of();
        }

        @Override
        public List<Effect> pause() {
            return List.of();
        }

        @Override
        public List<Effect> stop() {
            return List.of(new Effect.EndTransfer(TransferResult.GIVEN_UP));
        }

        /// The agent comes back, as soon as it can be heard.
        private Step back(TransferResult result) {
            var attending = new Attending(audio);
            return new Step(
                    attending,
                    audio == Audio.ATTACHED
                            ? List.of(new Effect.EndTransfer(result), new Effect.StartAttending())
                            : List.of(new Effect.EndTransfer(result)));
        }
    }

    /// The two hear each other.
    record Talking(Audio audio) implements Connected {
        @Override
        public Connected with(Audio audio) {
            return new Talking(audio);
        }

        @Override
        public List<Effect> start() {
            return List.of(new Effect.StartInterpreting());
        }

        @Override
        public List<Effect> pause() {
            return List.of(new Effect.StopInterpreting());
        }
    }

    /// It is over for the people; the carrier is still cleaning up.
    record Ending(Outcome outcome) implements CallState {}

    /// Nothing remains.
    record Ended(Outcome outcome) implements CallState {}

    /// Our own audio path beside the legs.
    enum Audio {
        ATTACHING,
        ATTACHED,
        LOST
    }

    /// What happens next.
    default Step on(Event event) {
        return switch (event) {
            case Event.Admitted _ ->
                    this instanceof New
                            ? Step.to(new Dialing(false), new Effect.Dial(Party.DESTINATION))
                            : stay();
            case Event.AdmittedToEcho _ ->
                    this instanceof New
                            ? Step.to(new Echoing(), new Effect.StartTalkTime(), new Effect.Echo())
                            : stay();
            case Event.AdmittedToAgent _ ->
                    this instanceof New
                            ? Step.to(
                                    new Attending(Audio.ATTACHING),
                                    new Effect.StartTalkTime(),
                                    new Effect.Answer(),
                                    new Effect.AttachAudio())
                            : stay();
            case Event.AgentDone(var reason) ->
                    this instanceof Attending
                            ? end(resultOf(reason), reason, HangupCause.NORMAL)
                            : stay();
            case Event.TransferAsked(var transfer) ->
                    this instanceof Attending(var audio)
                            ? Step.to(
                                    new Transferring(audio, false),
                                    new Effect.StopAttending(),
                                    new Effect.Transfer(transfer))
                            : stay();
            case Event.TransferRefused _ ->
                    this instanceof Transferring transferring
                            ? transferring.back(TransferResult.REFUSED)
                            : stay();
            case Event.Placed _ ->
                    this instanceof New
                            ? Step.to(new Placing(), new Effect.Dial(Party.CALLER))
                            : stay();
            case Event.Met _ -> this instanceof New ? talk() : stay();
            case Event.Adopted(var answered) -> onAdopted(answered);
            case Event.Rejected(var reason, var cause) ->
                    this instanceof New ? end(Result.REFUSED, reason, cause) : stay();
            case Event.EmergencyDialled _ ->
                    this instanceof New
                            ? Step.to(
                                    new Ending(
                                            new Outcome(Result.REFUSED, Reason.EMERGENCY_NUMBER)),
                                    new Effect.RefuseEmergency())
                            : stay();
            case Event.FoundClosed _ ->
                    this instanceof New
                            ? Step.to(
                                    new Ending(new Outcome(Result.REFUSED, Reason.CLOSED)),
                                    new Effect.RefuseClosed())
                            : stay();
            case Event.RejectedDraining _ ->
                    this instanceof New
                            ? Step.to(
                                    new Ending(new Outcome(Result.REFUSED, Reason.DRAINING)),
                                    new Effect.ReturnToDialplan())
                            : stay();
            case Event.EndAsked(var reason) -> end(endedByUs(), reason, HangupCause.NORMAL);
            case Event.InterpretationAsked(var speakers, var on) ->
                    isOver()
                            ? stay()
                            : Step.to(this, new Effect.SwitchInterpretation(speakers, on));
            case Event.LeaveAsked _ -> onLeave();
            case Event.TimeUp _ ->
                    isUnderWay()
                            ? end(Result.COMPLETED, Reason.TIME_LIMIT, HangupCause.NORMAL)
                            : stay();
            case Event.CostCapReached _ -> onCostCap();
            case Event.AudioRetryDue _ -> onAudioRetry();
            case Event.EffectFailed(var effect) -> onFailedEffect(effect);
            case Event.ReleaseOverdue _ -> abandon();
            case Event.Carrier(var carrier) -> onCarrier(carrier);
        };
    }

    private Step onAdopted(boolean answered) {
        if (!(this instanceof New)) {
            return stay();
        }
        return answered ? talk() : Step.to(new Dialing(true));
    }

    private Step onCarrier(ConnectionEvent event) {
        return switch (event) {
            case ConnectionEvent.Ringing(var party) ->
                    this instanceof Dialing && party == Party.DESTINATION
                            ? Step.to(new Dialing(true))
                            : stay();
            case ConnectionEvent.Answered(var party) -> onAnswer(party);
            case ConnectionEvent.Gone(var party, var cause) -> onGone(party, cause);
            case ConnectionEvent.Silent _ ->
                    isUnderWay()
                            ? end(Result.COMPLETED, Reason.SILENCE, HangupCause.NORMAL)
                            : stay();
            case ConnectionEvent.KeyPressed(var party, var key) ->
                    this instanceof Talking ? Step.to(this, new Effect.Key(party, key)) : stay();
            case ConnectionEvent.AudioAttached _ -> onAudioAttached();
            case ConnectionEvent.AudioLost _ -> onAudioLost();
            case ConnectionEvent.Joined _ ->
                    this instanceof Transferring
                            ? Step.to(
                                    new Talking(Audio.ATTACHING),
                                    new Effect.EndTransfer(TransferResult.JOINED),
                                    new Effect.AttachAudio())
                            : stay();
            case ConnectionEvent.Failed _ -> onFailed();
            case ConnectionEvent.CarrierLost _ -> onCarrierLost();
            case ConnectionEvent.TakenOver _ -> onTakenOver();
            case ConnectionEvent.LeftThere(var why) -> onLeftThere(why);
            case ConnectionEvent.Released _ -> onReleased();
        };
    }

    /// What two people who talk cannot do without they have; and a caller whom nobody can be rung for has the agent.
    private Step onFailed() {
        return switch (this) {
            case Talking _ -> stay();
            case Transferring transferring -> transferring.back(TransferResult.NOT_REACHED);
            case New _, Placing _, Dialing _, Echoing _, Attending _, Ending _, Ended _ ->
                    end(Result.FAILED, Reason.CARRIER_REFUSED, HangupCause.CONGESTION);
        };
    }

    /// Whether somebody is heard, be it by themselves.
    private boolean isUnderWay() {
        return this instanceof Connected || this instanceof Echoing;
    }

    private boolean isOver() {
        return this instanceof Ending || this instanceof Ended;
    }

    private static Result resultOf(Reason reason) {
        return reason == Reason.AGENT_FAILED ? Result.FAILED : Result.COMPLETED;
    }

    /// Two people talk on untranslated. An agent can do nothing without what costs.
    private Step onCostCap() {
        return switch (this) {
            case Talking _ -> Step.to(this, new Effect.StopInterpreting(), new Effect.TellCosts());
            case Attending _ -> Step.to(this, new Effect.DismissAgent(), new Effect.TellCosts());
            case Transferring _ -> Step.to(this, new Effect.TellCosts());
            case New _, Placing _, Dialing _, Echoing _, Ending _, Ended _ -> stay();
        };
    }

    private Step onAudioRetry() {
        return this instanceof Connected connected && connected.audio() == Audio.LOST
                ? Step.to(connected.with(Audio.ATTACHING), new Effect.AttachAudio())
                : stay();
    }

    private Step onAudioAttached() {
        return this instanceof Connected connected && connected.audio() == Audio.ATTACHING
                ? Step.of(connected.with(Audio.ATTACHED), connected.start())
                : stay();
    }

    private Step onAudioLost() {
        return this instanceof Connected connected && connected.audio() != Audio.LOST
                ? Step.of(
                        connected.with(Audio.LOST),
                        connected.pause(),
                        new Effect.AttachAudioLater())
                : stay();
    }

    /// A carrier that echoes by itself needs us no longer.
    private Step onReleased() {
        return switch (this) {
            case Ending(var outcome) -> finish(outcome);
            case Echoing _ -> finish(new Outcome(Result.COMPLETED, Reason.LEFT_TO_CARRIER));
            case New _, Placing _, Dialing _, Attending _, Transferring _, Talking _, Ended _ ->
                    stay();
        };
    }

    private Step onAnswer(Party party) {
        return switch (this) {
            case Placing _ when party == Party.CALLER ->
                    Step.to(new Dialing(false), new Effect.Dial(Party.DESTINATION));
            case Dialing _ when party == Party.DESTINATION -> talk();
            case Transferring(var audio, var answered)
                    when party == Party.DESTINATION && !answered ->
                    Step.to(new Transferring(audio, true), new Effect.Introduce());
            case New _,
                    Placing _,
                    Dialing _,
                    Echoing _,
                    Attending _,
                    Transferring _,
                    Talking _,
                    Ending _,
                    Ended _ ->
                    stay();
        };
    }

    private static Step talk() {
        return Step.to(
                new Talking(Audio.ATTACHING), new Effect.StartTalkTime(), new Effect.AttachAudio());
    }

    private Step onGone(Party party, HangupCause cause) {
        return switch (this) {
            case Talking _ ->
                    end(
                            Result.COMPLETED,
                            party == Party.CALLER
                                    ? Reason.CALLER_HUNG_UP
                                    : Reason.DESTINATION_HUNG_UP,
                            HangupCause.NORMAL);
            case Transferring transferring when party == Party.DESTINATION ->
                    transferring.back(TransferResult.NOT_REACHED);
            case Echoing _, Attending _, Transferring _ ->
                    end(Result.COMPLETED, Reason.CALLER_HUNG_UP, HangupCause.NORMAL);
            case Placing _ when party == Party.CALLER ->
                    end(Result.NOT_CONNECTED, unreached(party, cause), cause);
            case Dialing _ when party == Party.DESTINATION ->
                    end(Result.NOT_CONNECTED, unreached(party, cause), refusal(cause));
            case New _, Placing _, Dialing _ ->
                    end(
                            Result.NOT_CONNECTED,
                            party == Party.CALLER
                                    ? Reason.CALLER_HUNG_UP
                                    : Reason.DESTINATION_HUNG_UP,
                            HangupCause.NORMAL);
            case Ending _, Ended _ -> stay();
        };
    }

    private Step onLeave() {
        return switch (this) {
            case Talking _ ->
                    Step.to(
                            new Ending(new Outcome(Result.COMPLETED, Reason.SHUTDOWN)),
                            new Effect.StopInterpreting(),
                            new Effect.Leave());
            case Echoing _, Attending _, Transferring _ ->
                    end(Result.COMPLETED, Reason.SHUTDOWN, HangupCause.NORMAL);
            case New _, Placing _, Dialing _ ->
                    end(Result.NOT_CONNECTED, Reason.SHUTDOWN, HangupCause.CONGESTION);
            case Ending _, Ended _ -> stay();
        };
    }

    /// The other controller has the call from now on; we only take our own part off.
    private Step onTakenOver() {
        return switch (this) {
            case Connected connected ->
                    Step.of(
                            new Ending(new Outcome(Result.COMPLETED, Reason.TAKEN_OVER)),
                            connected.stop(),
                            new Effect.Leave());
            case New _, Placing _, Dialing _, Echoing _ ->
                    Step.to(
                            new Ending(new Outcome(Result.NOT_CONNECTED, Reason.TAKEN_OVER)),
                            new Effect.Leave());
            case Ending _, Ended _ -> stay();
        };
    }

    /// Two who talk where we do not reach them need nothing of us.
    private Step onLeftThere(String why) {
        return this instanceof Talking
                ? Step.to(
                        new Ending(new Outcome(Result.COMPLETED, Reason.LEFT_TO_CARRIER)),
                        new Effect.StopInterpreting(),
                        new Effect.TellLeft(why),
                        new Effect.Leave())
                : stay();
    }

    /// A fault of our own. Without our audio the two people talk on; whom we could not dial nobody
    /// will; and a call that could not be ended in order is abandoned, so that it ends here.
    private Step onFailedEffect(Effect failed) {
        return switch (failed) {
            case Effect.Dial _,
                    Effect.Echo _,
                    Effect.Answer _,
                    Effect.StartAttending _,
                    Effect.Introduce _ ->
                    end(Result.FAILED, Reason.INTERNAL_ERROR, HangupCause.FAILURE);
            case Effect.Transfer _ ->
                    this instanceof Transferring transferring
                            ? transferring.back(TransferResult.NOT_REACHED)
                            : stay();
            case Effect.AttachAudio _ -> onNotAttached();
            case Effect.Release _,
                    Effect.RefuseEmergency _,
                    Effect.RefuseClosed _,
                    Effect.ReturnToDialplan _,
                    Effect.Leave _ ->
                    abandon();
            case Effect.StartTalkTime _,
                    Effect.AttachAudioLater _,
                    Effect.StartInterpreting _,
                    Effect.StopInterpreting _,
                    Effect.StopAttending _,
                    Effect.DismissAgent _,
                    Effect.EndTransfer _,
                    Effect.Key _,
                    Effect.SwitchInterpretation _,
                    Effect.TellCosts _,
                    Effect.TellLeft _,
                    Effect.Abandon _,
                    Effect.Finish _ ->
                    stay();
        };
    }

    private Step onNotAttached() {
        return this instanceof Connected connected && connected.audio() == Audio.ATTACHING
                ? Step.to(connected.with(Audio.LOST), new Effect.AttachAudioLater())
                : stay();
    }

    private Step abandon() {
        return this instanceof Ending(var outcome)
                ? Step.to(new Ended(outcome), new Effect.Abandon(), new Effect.Finish(outcome))
                : stay();
    }

    private Step onCarrierLost() {
        return switch (this) {
            case New _, Placing _, Dialing _, Echoing _ ->
                    finish(new Outcome(Result.FAILED, Reason.CARRIER_LOST));
            case Connected connected ->
                    Step.of(
                            new Ended(new Outcome(Result.FAILED, Reason.CARRIER_LOST)),
                            connected.stop(),
                            new Effect.Finish(new Outcome(Result.FAILED, Reason.CARRIER_LOST)));
            case Ending(var outcome) -> finish(outcome);
            case Ended _ -> stay();
        };
    }

    private Step end(Result result, Reason reason, HangupCause cause) {
        var next = new Ending(new Outcome(result, reason));
        return switch (this) {
            case New _, Placing _, Dialing _, Echoing _ -> Step.to(next, new Effect.Release(cause));
            case Connected connected -> Step.of(next, connected.stop(), new Effect.Release(cause));
            case Ending _, Ended _ -> stay();
        };
    }

    private Result endedByUs() {
        return isUnderWay() ? Result.COMPLETED : Result.NOT_CONNECTED;
    }

    private Step stay() {
        return Step.to(this);
    }

    private static Step finish(Outcome outcome) {
        return Step.to(new Ended(outcome), new Effect.Finish(outcome));
    }

    /// A destination that "ends normally" without having answered did not answer: the
    /// caller must not get a success.
    private static HangupCause refusal(HangupCause cause) {
        return cause == HangupCause.NORMAL ? HangupCause.NO_ANSWER : cause;
    }

    private static Reason unreached(Party party, HangupCause cause) {
        boolean caller = party == Party.CALLER;
        return switch (cause) {
            case BUSY -> caller ? Reason.CALLER_BUSY : Reason.DESTINATION_BUSY;
            case NO_ANSWER, NORMAL ->
                    caller ? Reason.CALLER_NO_ANSWER : Reason.DESTINATION_NO_ANSWER;
            case REJECTED -> caller ? Reason.CALLER_DECLINED : Reason.DESTINATION_DECLINED;
            case UNALLOCATED, ROUTING_LOOP, CONGESTION, FAILURE ->
                    caller ? Reason.CALLER_UNREACHABLE : Reason.DESTINATION_UNREACHABLE;
        };
    }

    /// Whether those who are there can be heard and spoken to by us.
    default boolean audioAttached() {
        return this instanceof Connected connected && connected.audio() == Audio.ATTACHED;
    }

    /// Whether the two people, or one of them and the other one's phone, are with the carrier whatever becomes of us: it can go on with
    /// the gateway after this one. So does what was left to them when this one was stopped.
    default boolean outlivesUs() {
        return switch (this) {
            case Dialing(var ringing) -> ringing;
            case Talking _ -> true;
            case Ending(var outcome) -> isLeft(outcome);
            case Ended(var outcome) -> isLeft(outcome);
            case New _, Placing _, Echoing _, Attending _, Transferring _ -> false;
        };
    }

    private static boolean isLeft(Outcome outcome) {
        return outcome.result() == Result.COMPLETED && outcome.reason() == Reason.SHUTDOWN;
    }

    /// As written in logs and the live view: `talking`.
    default String wireName() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
