package io.sandalphone.agent;

import io.sandalphone.agent.StockSentences.Kind;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.input.EchoGuard;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// An agent in conversation with a caller: hears them, has its brain answer, and speaks. Takes what happens through [Floor]
/// and carries the effects out.
///
/// Whatever fails, the caller is told so in their language, and not left in silence: what is said then was voiced when the
/// conversation began. Where answers go on failing it gives up. Runs on the call's loop.
public final class Attendant implements AutoCloseable {
    /// How long a recognizer may take for the words of what has ended.
    private static final Duration WORDS = Duration.ofSeconds(2);

    /// How long a caller hears nothing before they are asked for patience. They hear that within a second.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration FILLER = Duration.ofSeconds(1);

    /// After so many answers in a row that failed it gives up.
    private static final int MOST_FAILURES = 3;

    private final AgentDependencies dependencies;
    private final AgentCall call;
    private final Agent agent;
    private final AttendantListener listener;
    private final EchoGuard echo = new EchoGuard();
    private final AgentVoice voice;
    private final AgentEars ears;
    private final History history;
    private final Supplier<Toolbox> toolboxes;
    private final Map<FloorTimer, Loop.Timer> timers = new EnumMap<>(FloorTimer.class);
    private final Deque<FloorEvent> pending = new ArrayDeque<>();
    private Floor floor;
    private @Nullable Reply reply;
    private Loop.Timer preparing = () -> {};
    private Loop.Timer filler = () -> {};
    private Loop.Timer longest = () -> {};
    private @Nullable Runnable last;
    // Said last, as soon as it is voiced.
    private @Nullable Kind lastWords;
    private boolean prepared;
    private int failures;
    private long askedNanos;
    private boolean measuring;
    private boolean handling;
    private boolean closed;

    /// Begins at once. What it throws leaves nothing open.
    static Attendant start(
            Agent agent, AgentCall call, History history, AttendantListener listener) {
        var attendant = new Attendant(agent, call, history, listener);
        try {
            attendant.start();
        } catch (Throwable fault) {
            attendant.close();
            throw fault;
        }
        return attendant;
    }

    private Attendant(Agent agent, AgentCall call, History history, AttendantListener listener) {
        dependencies = agent.dependencies();
        this.call = call;
        this.agent = agent;
        this.history = history;
        this.listener = listener;
        toolboxes = dependencies.tools().in(settings(), call);
        voice = new AgentVoice(call.audio(), call.loop(), echo, new Voiced());
        ears = new AgentEars(dependencies, call, settings().language(), echo, new Heard());
        floor = call.nobodyCame() || greets() ? Floor.greeting() : Floor.listening();
    }

    /// Whoever was in conversation before, and was lost, is not greeted again.
    private boolean greets() {
        return settings().greeting().isPresent() && history.isEmpty();
    }

    /// What its brain may wish.
    private Set<Wish.Ability> abilities() {
        Set<Wish.Ability> abilities = EnumSet.noneOf(Wish.Ability.class);
        abilities.addAll(settings().abilities().wishes());
        if (call.mayTransfer() && !settings().transfer().isEmpty()) {
            abilities.add(Wish.Ability.TRANSFER);
        }
        return abilities;
    }

    private AgentSettings settings() {
        return agent.settings();
    }

    private Language language() {
        return settings().language();
    }

    private void start() {
        AttendantLog.began(call.facts().callId(), settings(), agent.brain().name());
        agent.brain().prepare();
        ears.start();
        if (call.nobodyCame()) {
            if (stock(Kind.NOBODY_FREE)) {
                voice.complete();
            } else {
                greet(text(Kind.NOBODY_FREE));
            }
        } else if (greets()) {
            greet(settings().greeting().orElseThrow());
        }
        preparing =
                call.loop()
                        .offload(
                                () -> {
                                    dependencies
                                            .stock()
                                            .prepare(
                                                    dependencies.synthesizer(),
                                                    settings(),
                                                    call.usage());
                                    return true;
                                },
                                _ -> prepared(),
                                why -> {
                                    AttendantLog.notPrepared(call.facts().callId(), why);
                                    prepared();
                                });
        longest =
                call.loop()
                        .schedule(
                                call.allowance()
                                        .left(settings().longestCall(), call.loop().nanoTime()),
                                this::bidGoodbye);
    }

    private void greet(String greeting) {
        Reply greets = newReply();
        greets.say(greeting);
        start(FloorTimer.PATIENCE);
    }

    private Reply newReply() {
        Reply next =
                new Reply(
                        dependencies,
                        call,
                        settings(),
                        voice,
                        () -> handle(new FloorEvent.AgentFailed()));
        reply = next;
        return next;
    }

    @Override
    public void close() {
        closed = true;
        preparing.cancel();
        longest.cancel();
        stopThinking();
        timers.values().forEach(Loop.Timer::cancel);
        timers.clear();
        try {
            ears.close();
        } finally {
            var _ = voice.cut();
        }
    }

    private void stopThinking() {
        filler.cancel();
        if (reply != null) {
            reply.cancel();
            reply = null;
        }
    }

    /// Effects may cause events before they return; those wait their turn.
    private void handle(FloorEvent event) {
        if (closed) {
            return;
        }
        pending.addLast(event);
        if (handling) {
            return;
        }
        handling = true;
        try {
            for (FloorEvent next = pending.poll(); next != null; next = pending.poll()) {
                Floor.Step step = floor.on(next);
                floor = step.next();
                step.effects().forEach(this::carryOut);
                if (next instanceof FloorEvent.AgentFinished) {
                    finished();
                }
            }
        } finally {
            handling = false;
        }
    }

    private void carryOut(FloorEffect effect) {
        if (closed) {
            return;
        }
        switch (effect) {
            case FloorEffect.Start(var timer) -> start(timer);
            case FloorEffect.Cancel(var timer) -> cancel(timer);
            case FloorEffect.Answer(var said) -> answer(said);
            case FloorEffect.Hold _ -> voice.hold();
            case FloorEffect.Resume _ -> {
                dependencies.meters().falseAlarms().increment();
                voice.resume();
            }
            case FloorEffect.Interrupt _ -> interrupt();
            case FloorEffect.AskForPatience _ -> stock(Kind.PATIENCE);
            case FloorEffect.Apologise _ -> apologise();
        }
    }

    private void start(FloorTimer timer) {
        cancel(timer);
        Duration delay =
                switch (timer) {
                    case PAUSE -> ears.pauseLeft(settings().pause());
                    case WORDS -> WORDS;
                    case TURN -> settings().longestTurn();
                    case PATIENCE -> PATIENCE;
                };
        timers.put(
                timer, call.loop().schedule(delay, () -> handle(new FloorEvent.TimeOver(timer))));
    }

    private void cancel(FloorTimer timer) {
        Loop.Timer running = timers.remove(timer);
        if (running != null) {
            running.cancel();
        }
    }

    private void answer(String said) {
        dependencies.meters().turns().increment();
        var turn = Turn.caller(said);
        history.callerSaid(said);
        listener.said(turn);
        measuring = true;
        askedNanos = ears.speechEndNanos();
        newReply()
                .think(
                        agent.brain(),
                        new BrainRequest(
                                settings().context().tellCaller().of(call.facts(), call.withheld()),
                                language(),
                                settings().systemPrompt(),
                                settings().model(),
                                history.turns(),
                                abilities(),
                                settings().transfer().names(),
                                toolboxes.get(),
                                settings().context().time(call.loop().epochMillis()),
                                call.usage()));
        if (settings().fillers()) {
            filler = call.loop().schedule(FILLER, this::fill);
        }
    }

    private void fill() {
        if (floor.agent() == Floor.Agent.THINKING && !floor.held()) {
            stock(Kind.FILLER);
        }
    }

    private void interrupt() {
        stopThinking();
        String heard = voice.cut();
        if (!heard.isBlank()) {
            dependencies.meters().interruptions().increment();
        }
        agentSaid(heard, true);
        if (last != null) {
            // The caller has the last word, and it ends all the same.
            end(last);
        }
    }

    private void agentSaid(String text, boolean interrupted) {
        if (!text.isBlank()) {
            var turn = new Turn(Turn.Speaker.AGENT, text, interrupted);
            history.agentSaid(text, interrupted);
            listener.said(turn);
        }
    }

    private void finished() {
        Optional<Wish> wish = Optional.ofNullable(reply).flatMap(Reply::wish);
        boolean answered = reply != null;
        stopThinking();
        agentSaid(voice.cut(), false);
        if (last != null) {
            end(last);
            return;
        }
        if (answered) {
            failures = 0;
        }
        wish.ifPresent(this::fulfil);
    }

    private void fulfil(Wish wished) {
        switch (wished) {
            case Wish.HangUp _ -> end(() -> listener.wished(wished));
            case Wish.Transfer _ -> putThrough(wished);
        }
    }

    /// The caller is told what comes next, and nothing else is heard before it.
    private void putThrough(Wish wished) {
        floor = Floor.greeting();
        endWith(Kind.CONNECTING, () -> listener.wished(wished));
    }

    /// It cannot go on, and says so.
    private void giveUp() {
        endWith(reserve().isPresent() ? Kind.CONNECTING : Kind.GIVE_UP, this::failed);
    }

    /// A person gets the caller, where there is one for that.
    private void failed() {
        reserve().ifPresentOrElse(listener::wished, listener::failed);
    }

    private Optional<Wish> reserve() {
        return settings()
                .transfer()
                .whenFailing()
                .filter(_ -> call.mayTransfer())
                .map(person -> new Wish.Transfer(Optional.of(person), ""));
    }

    private void apologise() {
        dependencies.meters().failed().increment();
        failures++;
        stopThinking();
        agentSaid(voice.cut(), true);
        if (failures >= MOST_FAILURES) {
            giveUp();
        } else if (stock(Kind.SORRY)) {
            voice.complete();
        } else {
            end(this::failed);
        }
    }

    /// Says goodbye, whatever was being said, and is done.
    public void bidGoodbye() {
        if (last != null || closed) {
            return;
        }
        stopThinking();
        agentSaid(voice.cut(), true);
        floor = Floor.greeting();
        endWith(Kind.GOODBYE, listener::timeUp);
    }

    /// Says this last, and ends then.
    private void endWith(Kind kind, Runnable end) {
        last = end;
        if (stock(kind)) {
            voice.complete();
        } else if (prepared) {
            end(end);
        } else {
            lastWords = kind;
        }
    }

    /// What can be said without anybody's help is there, as far as it could be voiced.
    private void prepared() {
        prepared = true;
        if (lastWords != null && last != null) {
            endWith(lastWords, last);
        }
    }

    private void end(Runnable end) {
        last = null;
        call.loop()
                .execute(
                        () -> {
                            if (!closed) {
                                end.run();
                            }
                        });
    }

    private String text(Kind kind) {
        return StockSentences.text(kind, language(), settings().sentences());
    }

    /// Says what was voiced before. False when it was not.
    private boolean stock(Kind kind) {
        short[] sound = dependencies.stock().sound(kind, dependencies.synthesizer(), settings());
        if (sound == null) {
            return false;
        }
        if (kind == Kind.PATIENCE || kind == Kind.FILLER) {
            dependencies.meters().patience().increment();
        }
        // What goes on from there has to know of it.
        boolean said = kind == Kind.CONNECTING || kind == Kind.NOBODY_FREE;
        AgentVoice.Clause clause = voice.reserve(said ? text(kind) : "");
        clause.append(sound);
        clause.finish();
        return true;
    }

    /// What becomes of the agent's voice.
    private final class Voiced implements AgentVoice.Listener {
        @Override
        public void sounds() {
            if (measuring) {
                measuring = false;
                dependencies
                        .meters()
                        .answerDelay()
                        .record(Duration.ofNanos(Math.max(0, call.loop().nanoTime() - askedNanos)));
            }
            handle(new FloorEvent.AgentSounds());
        }

        @Override
        public void silent(boolean finished) {
            handle(finished ? new FloorEvent.AgentFinished() : new FloorEvent.AgentWaits());
        }
    }

    /// What becomes of the caller's.
    private final class Heard implements AgentEars.Listener {
        @Override
        public void heard(FloorEvent event) {
            handle(event);
        }

        @Override
        public boolean agentHasMore() {
            return floor.agent() != Floor.Agent.SILENT
                    && voice.leftMillis() > AgentEars.NEARLY_DONE_MILLIS;
        }

        @Override
        public boolean agentHasFloor() {
            return floor.agent() != Floor.Agent.SILENT;
        }

        @Override
        public boolean voiceHeld() {
            return floor.held();
        }

        @Override
        public void deaf() {
            if (last == null) {
                stopThinking();
                agentSaid(voice.cut(), true);
                floor = Floor.greeting();
                giveUp();
            }
        }
    }
}
