package io.sandalphone.call;

import io.sandalphone.agent.AgentCall;
import io.sandalphone.agent.Agents;
import io.sandalphone.agent.Attendant;
import io.sandalphone.agent.AttendantListener;
import io.sandalphone.agent.CallAllowance;
import io.sandalphone.agent.History;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.input.HeardLevels;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;
import io.sandalphone.translate.UtteranceNumbers;

import org.jspecify.annotations.Nullable;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The conversation of a call's caller with an agent: begun, stopped, and taken up again where our audio was lost meanwhile. What
/// comes of it becomes the call's events. Runs on the call's loop.
final class AttendedCall implements AttendantListener {
    private final Agents agents;
    private final Participants.Attended by;
    private final Participants people;
    private final Loop loop;
    private final Usage usage;
    private final Consumer<Event> events;
    private final CallObserver observer;
    private final UtteranceNumbers numbers;
    private final HeardLevels levels;
    private final BooleanSupplier mayTransfer;
    private final History history = new History();
    private @Nullable Attendant attendant;
    // Why it is over when the agent has said goodbye.
    private Outcome.Reason over = Outcome.Reason.TIME_LIMIT;
    private boolean nobodyCame;
    private @Nullable CallAllowance allowance;

    AttendedCall(
            Agents agents,
            Participants.Attended by,
            Participants people,
            Loop loop,
            Usage usage,
            Consumer<Event> events,
            CallObserver observer,
            UtteranceNumbers numbers,
            HeardLevels levels,
            BooleanSupplier mayTransfer) {
        this.agents = agents;
        this.by = by;
        this.people = people;
        this.loop = loop;
        this.usage = usage;
        this.events = events;
        this.observer = observer;
        this.numbers = numbers;
        this.levels = levels;
        this.mayTransfer = mayTransfer;
    }

    /// Begins, or goes on. One that may cost nothing any more only says goodbye.
    void start(LegAudio audio, boolean mayCost) {
        CallerId caller = people.caller();
        Called called = people.called();
        var facts =
                new CallFacts(
                        people.id(),
                        people.from(),
                        called.number(),
                        caller.name(),
                        called.settings().extra());
        var call =
                new AgentCall(
                        facts,
                        caller.restricted(),
                        loop,
                        audio,
                        usage,
                        levels,
                        allowance(),
                        mayTransfer.getAsBoolean(),
                        nobodyCame);
        nobodyCame = false;
        attendant = agents.attend(by.agent(), called.settings().agent(), call, history, this);
        if (!mayCost) {
            dismiss();
        }
    }

    /// That of the whole call, from when the agent first has the caller.
    private CallAllowance allowance() {
        CallAllowance known = allowance;
        if (known == null) {
            known = new CallAllowance(loop.nanoTime());
            allowance = known;
        }
        return known;
    }

    /// It has cost as much as it may: the agent says goodbye.
    void dismiss() {
        over = Outcome.Reason.COST_LIMIT;
        if (attendant != null) {
            attendant.bidGoodbye();
        }
    }

    /// Where it comes back, it is because nobody could be reached to whom the caller was put through.
    void nobodyCame() {
        nobodyCame = true;
    }

    void stop() {
        Attendant last = attendant;
        attendant = null;
        if (last != null) {
            last.close();
        }
    }

    /// Those who watch see what the two say, each under a number of their own.
    @Override
    public void said(Turn turn) {
        Language language =
                agents.named(by.agent(), people.called().settings().agent()).settings().language();
        long now = loop.epochMillis();
        Party speaker = turn.speaker() == Turn.Speaker.CALLER ? Party.CALLER : Party.DESTINATION;
        observer.on(
                new CallEvent.Caption(
                        people.id(),
                        speaker,
                        numbers.next(speaker),
                        language,
                        language,
                        turn.text(),
                        null,
                        new CallEvent.Timing(null, null, now, null, null, null),
                        false));
    }

    @Override
    public void wished(Wish wish) {
        switch (wish) {
            case Wish.HangUp _ -> events.accept(new Event.AgentDone(Outcome.Reason.AGENT_HUNG_UP));
            case Wish.Transfer(var to, var reason) ->
                    events.accept(
                            new Event.TransferAsked(new Transfer(by.people().find(to), reason)));
        }
    }

    @Override
    public void timeUp() {
        events.accept(new Event.AgentDone(over));
    }

    @Override
    public void failed() {
        events.accept(new Event.AgentDone(Outcome.Reason.AGENT_FAILED));
    }
}
