package io.sandalphone.agent;

import io.sandalphone.agent.FloorEffect.Answer;
import io.sandalphone.agent.FloorEffect.Apologise;
import io.sandalphone.agent.FloorEffect.AskForPatience;
import io.sandalphone.agent.FloorEffect.Cancel;
import io.sandalphone.agent.FloorEffect.Hold;
import io.sandalphone.agent.FloorEffect.Interrupt;
import io.sandalphone.agent.FloorEffect.Resume;
import io.sandalphone.agent.FloorEffect.Start;

import java.util.ArrayList;
import java.util.List;

/// Who has the floor in a conversation of a caller and an agent, as a function: a state and an event give the next state and
/// the effects. Total: every event is answered in every state. Holds no thread and reads no clock.
///
/// Sound over the agent's voice holds it at once, and that is taken back where it turns out to be nothing: a cough, an echo, a
/// word of somebody who listens. Words interrupt it for good. Where one alarm was false the line is not trusted any more:
/// the next sound must go on for a while before it holds the voice.
///
/// @param agent what the agent does
/// @param callerSpeaks whether the caller seems to speak
/// @param held whether the agent's voice is held
/// @param wary whether sound alone does not hold it
/// @param said what the caller has said in this turn so far
/// @param waits how often they were asked for patience since
record Floor(
        Agent agent, boolean callerSpeaks, boolean held, boolean wary, String said, int waits) {
    /// What the agent does.
    enum Agent {
        /// It listens.
        SILENT,
        /// It is to speak, and nothing is heard of it yet.
        THINKING,
        SPEAKING
    }

    /// What is shorter may be a cough, or a word of somebody who listens.
    static final long SHORT_MILLIS = 300;

    /// After so much silence it was that.
    static final long QUIET_MILLIS = 160;

    /// So often the caller is asked for patience, before it counts as failed.
    static final int MOST_WAITS = 2;

    /// The next state, and what is to be done, in order.
    record Step(Floor next, List<FloorEffect> effects) {
        Step {
            effects = List.copyOf(effects);
        }
    }

    /// The agent begins, with a greeting.
    static Floor greeting() {
        return new Floor(Agent.THINKING, false, false, false, "", 0);
    }

    /// The caller begins.
    static Floor listening() {
        return new Floor(Agent.SILENT, false, false, false, "", 0);
    }

    private boolean agentHasFloor() {
        return agent != Agent.SILENT;
    }

    Step on(FloorEvent event) {
        return switch (event) {
            case FloorEvent.SpeechBegan(var echoes) -> began(echoes);
            case FloorEvent.SpeechIsReal _ -> callerSpeaks && agentHasFloor() ? hold() : stay();
            case FloorEvent.SpeechPaused(var voiced, var silent) ->
                    voiced <= SHORT_MILLIS && silent >= QUIET_MILLIS ? falseAlarm() : stay();
            case FloorEvent.SpeechEnded(var refused, var answered) -> ended(refused, answered);
            case FloorEvent.WordsForming(var backchannel) ->
                    !backchannel && agentHasFloor() ? interrupted() : stay();
            case FloorEvent.WordsHeard(var text, var turnOver, var backchannel) ->
                    text.isBlank() || (backchannel && agentHasFloor())
                            ? nothing()
                            : heard(text, turnOver);
            case FloorEvent.WordsAwaited _ ->
                    nothingKnown() ? to(this, new AskForPatience()) : stay();
            case FloorEvent.CallerUnheard _ -> nothingKnown() ? unheard() : stay();
            case FloorEvent.AgentSounds _ ->
                    agent == Agent.THINKING
                            ? to(does(Agent.SPEAKING), new Cancel(FloorTimer.PATIENCE))
                            : stay();
            case FloorEvent.AgentWaits _ ->
                    agent == Agent.SPEAKING
                            ? to(does(Agent.THINKING), new Start(FloorTimer.PATIENCE))
                            : stay();
            case FloorEvent.AgentFinished _ -> agentHasFloor() ? finished() : stay();
            case FloorEvent.AgentFailed _ -> agentHasFloor() ? failed() : stay();
            case FloorEvent.TimeOver(var timer) -> over(timer);
        };
    }

    /// Whether the caller has had their turn, and no word of it is known.
    private boolean nothingKnown() {
        return !agentHasFloor() && !callerSpeaks && said.isBlank();
    }

    private Step unheard() {
        Step failed = failed();
        List<FloorEffect> effects =
                new ArrayList<>(List.of(new Cancel(FloorTimer.WORDS), new Cancel(FloorTimer.TURN)));
        effects.addAll(failed.effects());
        return new Step(failed.next(), effects);
    }

    private Step over(FloorTimer timer) {
        return switch (timer) {
            case PAUSE -> agentHasFloor() || callerSpeaks || said.isBlank() ? stay() : answer();
            case WORDS -> callerSpeaks ? stay() : nothing();
            case TURN -> agentHasFloor() || said.isBlank() ? stay() : answer();
            case PATIENCE -> patience();
        };
    }

    private Step patience() {
        if (agent != Agent.THINKING) {
            return stay();
        }
        if (callerSpeaks) {
            return to(this, new Start(FloorTimer.PATIENCE));
        }
        if (waits >= MOST_WAITS) {
            return failed();
        }
        return to(
                new Floor(agent, callerSpeaks, held, wary, said, waits + 1),
                new AskForPatience(),
                new Start(FloorTimer.PATIENCE));
    }

    private Step began(boolean echoes) {
        var speaking = new Floor(agent, true, held, wary, said, waits);
        List<FloorEffect> effects =
                new ArrayList<>(
                        List.of(new Cancel(FloorTimer.PAUSE), new Cancel(FloorTimer.WORDS)));
        if (!agentHasFloor()) {
            if (said.isBlank()) {
                effects.add(new Start(FloorTimer.TURN));
            }
            return new Step(speaking, effects);
        }
        if (wary || echoes) {
            return new Step(speaking, effects);
        }
        Step hold = speaking.hold();
        effects.addAll(hold.effects());
        return new Step(hold.next(), effects);
    }

    private Step hold() {
        return held
                ? stay()
                : to(new Floor(agent, callerSpeaks, true, wary, said, waits), new Hold());
    }

    /// What held the voice was short, and is over.
    private Step falseAlarm() {
        return held
                ? to(new Floor(agent, callerSpeaks, false, true, said, waits), new Resume())
                : stay();
    }

    private Step ended(boolean refused, boolean answered) {
        var silent = new Floor(agent, false, held, wary, said, waits);
        if (refused) {
            return silent.nothing();
        }
        if (!answered) {
            return to(silent, new Start(FloorTimer.WORDS));
        }
        return agentHasFloor() || said.isBlank()
                ? to(silent)
                : to(silent, new Start(FloorTimer.PAUSE));
    }

    /// There were no words in it that count.
    private Step nothing() {
        if (held) {
            return to(
                    new Floor(agent, callerSpeaks, false, true, said, waits),
                    new Cancel(FloorTimer.WORDS),
                    new Resume());
        }
        if (agentHasFloor() || callerSpeaks) {
            return stay();
        }
        return said.isBlank()
                ? to(this, new Cancel(FloorTimer.WORDS), new Cancel(FloorTimer.TURN))
                : to(this, new Cancel(FloorTimer.WORDS), new Start(FloorTimer.PAUSE));
    }

    private Step heard(String text, boolean turnOver) {
        List<FloorEffect> effects = new ArrayList<>();
        Floor floor = this;
        if (agentHasFloor()) {
            Step interrupted = interrupted();
            floor = interrupted.next();
            effects.addAll(interrupted.effects());
        }
        effects.add(new Cancel(FloorTimer.WORDS));
        String all = said.isBlank() ? text.strip() : said + " " + text.strip();
        floor = new Floor(Agent.SILENT, floor.callerSpeaks, false, floor.wary, all, 0);
        if (turnOver) {
            Step answer = floor.answer();
            effects.addAll(answer.effects());
            return new Step(answer.next(), effects);
        }
        if (!callerSpeaks) {
            effects.add(new Start(FloorTimer.PAUSE));
        }
        return new Step(floor, effects);
    }

    private Step interrupted() {
        return to(
                new Floor(Agent.SILENT, callerSpeaks, false, false, said, 0),
                new Cancel(FloorTimer.PATIENCE),
                new Interrupt(),
                new Start(FloorTimer.TURN));
    }

    private Step answer() {
        return to(
                new Floor(Agent.THINKING, callerSpeaks, false, wary, "", 0),
                new Cancel(FloorTimer.PAUSE),
                new Cancel(FloorTimer.TURN),
                new Answer(said),
                new Start(FloorTimer.PATIENCE));
    }

    private Step finished() {
        return to(
                new Floor(Agent.SILENT, callerSpeaks, false, wary, said, 0),
                new Cancel(FloorTimer.PATIENCE));
    }

    private Step failed() {
        return to(
                new Floor(Agent.THINKING, callerSpeaks, false, wary, said, 0),
                new Cancel(FloorTimer.PATIENCE),
                new Apologise());
    }

    private Floor does(Agent agent) {
        return new Floor(agent, callerSpeaks, held, wary, said, waits);
    }

    private Step stay() {
        return to(this);
    }

    private static Step to(Floor next, FloorEffect... effects) {
        return new Step(next, List.of(effects));
    }

    /// Without what was said.
    @Override
    public String toString() {
        return "Floor[%s%s%s%s]"
                .formatted(
                        agent,
                        callerSpeaks ? ", caller speaks" : "",
                        held ? ", held" : "",
                        wary ? ", wary" : "");
    }
}
