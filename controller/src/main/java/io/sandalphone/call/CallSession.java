package io.sandalphone.call;

import io.sandalphone.agent.Agents;
import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostMeter;
import io.sandalphone.cost.Costs;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.speech.input.HeardLevels;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.Destination;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;
import io.sandalphone.translate.Availability;
import io.sandalphone.translate.Conversation;
import io.sandalphone.translate.Interpreter;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.InterpreterListener;
import io.sandalphone.translate.Progress;
import io.sandalphone.translate.UtteranceNumbers;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A call that lives: takes what happens to it through [CallState] and carries the effects out.
///
/// Runs on the call's loop, but for [#view] and [#tell], which any thread may call.
final class CallSession {
    private static final Logger log = LoggerFactory.getLogger(CallSession.class);

    // The carrier's own cap comes after ours, so that ours gives the reason.
    private static final Duration CAP_MARGIN = Duration.ofSeconds(30);
    private static final Duration RELEASE_DEADLINE = Duration.ofSeconds(15);
    private static final Duration AUDIO_RETRY = Duration.ofSeconds(2);

    private final CallConnection connection;
    private final Loop loop;
    private final InterpreterDependencies dependencies;
    private final CostMeter costs;
    private final CallMeters meters;
    private final CallObserver observer;
    private final Consumer<CallSession> finished;
    private final UtteranceNumbers numbers = new UtteranceNumbers();
    private final Set<Party> announced = ConcurrentHashMap.newKeySet();
    private final HeardLevels levels = new HeardLevels();
    private final Deque<Event> pending = new ArrayDeque<>();
    // These two are written by the loop alone.
    private volatile CallState state = new CallState.New();
    private volatile Participants people;
    private final Keypads keypads;
    private final Optional<AttendedCall> attended;
    private final Transfers transfers;
    // Since when somebody is being reached; written by the loop alone.
    private volatile long tryingSince;
    private boolean handling;
    private long talkingSince;
    // How long they had talked before this program had the call.
    private Duration talked = Duration.ZERO;
    // 0 while nobody talks; written by the loop alone.
    private volatile long talkingSinceEpochMillis;
    private Loop.Timer talkTime = () -> {};
    private Loop.Timer releaseDeadline = () -> {};
    private @Nullable Interpreter interpreter;
    private volatile CallView view;

    /// `begun` are those who take part when it begins; `before` is what the gateway before this one wrote down of it, where it goes
    /// on here.
    CallSession(
            Participants begun,
            Optional<CallRecord> before,
            CallConnection connection,
            InterpreterDependencies dependencies,
            Agents agents,
            Accounting accounting,
            CallMeters meters,
            CallObserver observer,
            Consumer<CallSession> finished) {
        people = begun;
        this.connection = connection;
        loop = connection.loop();
        tryingSince = loop.nanoTime();
        this.dependencies = dependencies;
        keypads = new Keypads(connection, dependencies.settings().keys(), this::switched);
        Runnable capped = () -> tell(new Event.CostCapReached());
        costs =
                before.map(call -> accounting.meter(capped, call.costs()))
                        .orElseGet(() -> accounting.meter(capped));
        before.ifPresent(this::goOn);
        this.meters = meters;
        this.observer = observer;
        this.finished = finished;
        transfers =
                new Transfers(
                        begun,
                        connection,
                        dependencies.engines(),
                        voices(begun, agents),
                        costs,
                        meters);
        attended =
                begun.attended()
                        .map(
                                by ->
                                        new AttendedCall(
                                                agents,
                                                by,
                                                begun,
                                                loop,
                                                costs,
                                                this::handle,
                                                observer,
                                                numbers,
                                                levels,
                                                transfers::mayBegin));
        CallTerms terms = begun.terms();
        view =
                new CallView(
                        people.id(),
                        state.wireName(),
                        before.map(CallRecord::sinceEpochMillis).orElseGet(loop::epochMillis),
                        people.direction(),
                        people.from(),
                        people.to(),
                        terms.callerLanguage(),
                        terms.destinationLanguage(),
                        terms.relay(),
                        before.isPresent(),
                        false,
                        before.map(CallRecord::interpreted).orElse(0),
                        Set.of(),
                        before.map(CallRecord::paused).orElse(Set.of()),
                        costs.costs(),
                        null,
                        Optional.empty(),
                        Optional.empty());
        connection.listen(event -> handle(new Event.Carrier(event)));
    }

    private void goOn(CallRecord before) {
        announced.addAll(before.announced());
        keypads.wished(before.wishes());
        numbers.goOnAfter(before.utterances());
        talked = before.talked(loop.epochMillis());
    }

    /// Those of the agent who answers; the usual ones where none does.
    private static VoiceChoice voices(Participants begun, Agents agents) {
        return begun.attended()
                .map(by -> agents.named(by.agent(), begun.called().settings().agent()))
                .map(agent -> agent.settings().voices())
                .orElse(VoiceChoice.USUAL);
    }

    String id() {
        return people.id();
    }

    /// What the next gateway needs if this one dies now; nothing where the call cannot go on then. Any thread may ask.
    Optional<CallRecord> record() {
        Map<Party, LegPlace> places = connection.places();
        return state.outlivesUs() && places.size() == Party.values().length
                ? Optional.of(recordOf(view, people, places))
                : Optional.empty();
    }

    /// Whether two people talk whom the next gateway takes up as they are, so that nobody has to wait for their end.
    boolean canBeHandedOver() {
        return state instanceof CallState.Talking && record().isPresent();
    }

    private CallRecord recordOf(CallView seen, Participants now, Map<Party, LegPlace> places) {
        return new CallRecord(
                now.id(),
                now.direction(),
                now.from(),
                now.to(),
                now.terms(),
                seen.sinceEpochMillis(),
                talkingSinceEpochMillis,
                announced,
                keypads.wishes(),
                numbers.last(),
                seen.utterances(),
                costs.costs(),
                places);
    }

    /// The call at this moment.
    CallView view() {
        return view.now(costs.costs(), levels.of(Party.CALLER), levels.of(Party.DESTINATION));
    }

    /// The phone that it rings just now, if it does. Any thread may ask.
    Optional<LoopDetector.Attempt> attempt() {
        Duration age = Duration.ofNanos(loop.nanoTime() - tryingSince);
        return switch (state) {
            case CallState.Placing _ ->
                    Optional.of(
                            new LoopDetector.Attempt(
                                    people.from(), people.shownToCaller().number(), "", age));
            case CallState.Dialing _ -> Optional.of(toDestination(age));
            case CallState.Transferring(_, var answered) when !answered ->
                    Optional.of(toDestination(age));
            case CallState.New _,
                    CallState.Echoing _,
                    CallState.Attending _,
                    CallState.Transferring _,
                    CallState.Talking _,
                    CallState.Ending _,
                    CallState.Ended _ ->
                    Optional.empty();
        };
    }

    private LoopDetector.Attempt toDestination(Duration age) {
        return new LoopDetector.Attempt(
                people.to(), people.shownToDestination().number(), people.from(), age);
    }

    /// Lets the call know of something, from any thread.
    void tell(Event event) {
        loop.execute(() -> handle(event));
    }

    /// Begins with the first event. Something else may have been told before, and then the call ends
    /// without having begun.
    void begin(Event first) {
        log.atInfo()
                .addKeyValue("call", id())
                .addKeyValue("direction", people.direction())
                .log("call began");
        handle(first);
    }

    /// Goes on where the gateway before this one had it: the two talk, or the destination's phone rings.
    void goOn(boolean answered) {
        log.atInfo()
                .addKeyValue("call", id())
                .addKeyValue("direction", people.direction())
                .addKeyValue("talked", talked)
                .log("call adopted");
        observer.on(new CallEvent.Adopted(id(), loop.epochMillis()));
        handle(new Event.Adopted(answered));
    }

    /// Effects may cause events before they return; those wait their turn.
    private void handle(Event event) {
        pending.addLast(event);
        if (handling) {
            return;
        }
        handling = true;
        try {
            for (Event next = pending.poll(); next != null; next = pending.poll()) {
                step(next);
            }
        } finally {
            handling = false;
        }
    }

    private void step(Event event) {
        CallState before = state;
        Step step = state.on(event);
        state = step.next();
        if (!state.equals(before)) {
            guarded("state", this::changed);
        }
        for (Effect effect : step.effects()) {
            String name = effect.getClass().getSimpleName();
            if (!guarded(name, () -> carryOut(effect))) {
                handle(new Event.EffectFailed(effect));
            }
        }
    }

    /// Runs one step of the call; false when it fails, which is to cost nobody the steps after it.
    @SuppressWarnings("CatchingThrowable")
    private boolean guarded(String what, Runnable step) {
        try {
            step.run();
            return true;
        } catch (Throwable failure) {
            meters.faults().increment();
            log.atError()
                    .addKeyValue("call", id())
                    .addKeyValue("step", what)
                    .setCause(failure)
                    .log("step of a call failed");
            return false;
        }
    }

    private void changed() {
        boolean attached = state.audioAttached();
        CallView old = view;
        view = old.in(state.wireName(), attached);
        log.atInfo()
                .addKeyValue("call", id())
                .addKeyValue("state", state.wireName())
                .addKeyValue("audio", attached)
                .log("call state");
        if (!old.state().equals(state.wireName())) {
            observer.on(new CallEvent.StateChanged(id(), state.wireName(), loop.epochMillis()));
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Dial(var party) -> dial(party);
            case Effect.Echo _ -> connection.echo();
            case Effect.Answer _ -> connection.answer();
            case Effect.StartTalkTime _ -> startTalkTime();
            case Effect.AttachAudio _ -> attachAudio();
            case Effect.AttachAudioLater _ -> {
                meters.audioLost().increment();
                loop.schedule(AUDIO_RETRY, () -> handle(new Event.AudioRetryDue()));
            }
            case Effect.StartAttending _ ->
                    attended.orElseThrow()
                            .start(connection.audio(Party.CALLER), costs.mayTranslate());
            case Effect.DismissAgent _ -> attended.ifPresent(AttendedCall::dismiss);
            case Effect.StopAttending _ -> attended.ifPresent(AttendedCall::stop);
            case Effect.Transfer(var transfer) -> transfer(transfer);
            case Effect.Introduce _ -> transfers.introduce();
            case Effect.EndTransfer(var result) -> {
                attended.ifPresent(AttendedCall::nobodyCame);
                take(transfers.end(result));
            }
            case Effect.StartInterpreting _ -> startInterpreting();
            case Effect.StopInterpreting _ -> stopInterpreting();
            case Effect.Key(var party, var key) -> keypads.press(party, key);
            case Effect.SwitchInterpretation(var speakers, var on) ->
                    speakers.forEach(speaker -> keypads.pause(speaker.other(), !on));
            case Effect.TellCosts _ -> tellCosts();
            case Effect.TellLeft(var why) -> tellLeft(why);
            case Effect.Release(var cause) -> {
                watchRelease();
                connection.release(cause);
            }
            case Effect.RefuseEmergency _ -> {
                short[] hint = EmergencyHint.in(people.terms().callerLanguage());
                watchRelease(RELEASE_DEADLINE.plus(EmergencyHint.length(hint)));
                connection.release(HangupCause.REJECTED, hint);
            }
            case Effect.RefuseClosed _ -> refuseClosed();
            case Effect.ReturnToDialplan _ -> {
                watchRelease();
                connection.returnToDialplan();
            }
            case Effect.Leave _ -> {
                watchRelease();
                connection.leave();
            }
            case Effect.Abandon _ -> connection.abandon();
            case Effect.Finish(var outcome) -> finish(outcome);
        }
    }

    /// Where it could not be voiced the caller hears what their telephone says of somebody who does not answer.
    private void refuseClosed() {
        Optional<Notice> notice = people.called().notice();
        if (notice.isPresent()) {
            watchRelease(RELEASE_DEADLINE.plus(notice.get().length()));
            connection.release(HangupCause.NO_ANSWER, notice.get().sound());
        } else {
            watchRelease();
            connection.release(HangupCause.NO_ANSWER);
        }
    }

    private void dial(Party party) {
        CallTerms terms = people.terms();
        boolean caller = party == Party.CALLER;
        Destination rung = caller ? new E164(people.from()) : people.rung().orElseThrow();
        CallerId shown = caller ? people.shownToCaller() : people.shownToDestination();
        Duration longest = terms.ringTimeout().plus(terms.maxDuration()).plus(CAP_MARGIN);
        Optional<String> via = caller ? Optional.empty() : people.destinationVia();
        connection.dial(party, new Dial(rung, shown, terms.ringTimeout(), longest, via));
    }

    private void transfer(Transfer transfer) {
        transfers
                .begin(transfer)
                .ifPresentOrElse(
                        reaching -> {
                            take(reaching);
                            tryingSince = loop.nanoTime();
                            dial(Party.DESTINATION);
                        },
                        () -> handle(new Event.TransferRefused()));
    }

    /// Who takes part is another one from now on.
    private void take(Participants others) {
        people = others;
        view = view.reaching(others.to(), others.terms());
    }

    private void startTalkTime() {
        talkingSince = loop.nanoTime() - talked.toNanos();
        talkingSinceEpochMillis = loop.epochMillis() - talked.toMillis();
        Duration left = people.terms().maxDuration().minus(talked);
        talkTime = loop.schedule(left, () -> handle(new Event.TimeUp()));
    }

    private void attachAudio() {
        boolean interpreted = people.terms().interpret() && costs.mayTranslate();
        if (interpreted || people.attended().isPresent()) {
            connection.attachAudio();
        }
    }

    private void startInterpreting() {
        if (!costs.mayTranslate()) {
            return;
        }
        CallTerms terms = people.terms();
        interpreter =
                Interpreter.start(
                        dependencies,
                        new Conversation(
                                id(),
                                loop,
                                connection.audio(Party.CALLER),
                                connection.audio(Party.DESTINATION),
                                terms.callerLanguage(),
                                terms.destinationLanguage(),
                                terms.relay(),
                                costs,
                                numbers,
                                announced,
                                levels),
                        new Interpreted());
        keypads.command(interpreter);
    }

    /// What the interpreter tells goes to those who watch.
    private final class Interpreted implements InterpreterListener {
        @Override
        public void progressed(Progress progress) {
            caption(progress);
        }

        @Override
        public void availability(Availability availability) {
            boolean available = availability.available();
            log.atInfo()
                    .addKeyValue("call", id())
                    .addKeyValue("speaker", availability.speaker())
                    .addKeyValue("available", available)
                    .addKeyValue("lacking", availability.lacking())
                    .log("translation changed");
            view = view.lacking(availability.speaker(), !available);
            observer.on(
                    new CallEvent.Translation(
                            id(),
                            availability.speaker(),
                            available,
                            availability.lacking().stream()
                                    .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                                    .sorted()
                                    .toList(),
                            loop.epochMillis()));
        }
    }

    private void caption(Progress progress) {
        if (progress.translated() == null && !progress.skipped()) {
            view = view.utterances(view.utterances() + 1);
        }
        if (progress.audioEnd() != null) {
            view = view.spans(progress.spans());
        }
        observer.on(
                new CallEvent.Caption(
                        id(),
                        progress.speaker(),
                        progress.utterance(),
                        progress.from(),
                        progress.to(),
                        progress.said(),
                        progress.translated(),
                        new CallEvent.Timing(
                                progress.speechStart(),
                                progress.speechEnd(),
                                progress.committed(),
                                progress.firstAudio(),
                                progress.audioEnd(),
                                progress.spans()),
                        progress.skipped()));
    }

    /// Nothing is spoken to `listener` any more, or it is again: by their own keys, or an operator.
    private void switched(Party listener, boolean paused) {
        Party speaker = listener.other();
        view = view.pausing(speaker, paused);
        observer.on(new CallEvent.Interpretation(id(), speaker, !paused, loop.epochMillis()));
    }

    private void stopInterpreting() {
        Interpreter last = interpreter;
        interpreter = null;
        keypads.command(null);
        if (last != null) {
            last.close();
        }
    }

    private void tellLeft(String why) {
        LeftTalking.tell(
                id(), Readoption.Reason.CARRIER, why, loop.epochMillis(), meters, observer);
    }

    private void tellCosts() {
        observer.on(new CallEvent.Spent(id(), costs.costs(), loop.epochMillis()));
    }

    private void watchRelease() {
        watchRelease(RELEASE_DEADLINE);
    }

    private void watchRelease(Duration longest) {
        releaseDeadline =
                loop.schedule(
                        longest,
                        () -> {
                            meters.releaseOverdue().increment();
                            handle(new Event.ReleaseOverdue());
                        });
    }

    /// Whatever fails here, the call gives its place back.
    private void finish(Outcome outcome) {
        try {
            settle(outcome);
        } finally {
            finished.accept(this);
        }
    }

    private void settle(Outcome outcome) {
        talkTime.cancel();
        releaseDeadline.cancel();
        keypads.close();
        transfers.close();
        String result = outcome.result().wireName();
        String reason = outcome.reason().wireName();
        if (talkingSince != 0) {
            meters.talkTime().record(Duration.ofNanos(loop.nanoTime() - talkingSince));
        }
        meters.ended(result, reason);
        costs.close();
        Costs spent = costs.costs();
        log.atInfo()
                .addKeyValue("call", id())
                .addKeyValue("result", result)
                .addKeyValue("reason", reason)
                .addKeyValue("cost", spent.spending().rounded())
                .log("call ended");
        observer.on(new CallEvent.Spent(id(), spent, loop.epochMillis()));
        observer.on(new CallEvent.Ended(id(), result, reason, loop.epochMillis()));
    }
}
