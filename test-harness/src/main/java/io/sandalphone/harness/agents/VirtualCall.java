package io.sandalphone.harness.agents;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Abilities;
import io.sandalphone.agent.Agent;
import io.sandalphone.agent.AgentCall;
import io.sandalphone.agent.AgentDependencies;
import io.sandalphone.agent.AgentMeters;
import io.sandalphone.agent.AgentSettings;
import io.sandalphone.agent.Agents;
import io.sandalphone.agent.Attendant;
import io.sandalphone.agent.AttendantListener;
import io.sandalphone.agent.CallContext;
import io.sandalphone.agent.CallerRules;
import io.sandalphone.agent.History;
import io.sandalphone.agent.StockSentences;
import io.sandalphone.agent.TransferChoice;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Tool;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.loop.SimulatedLoop;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.speech.input.Detectors;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A call to an agent in virtual time: the agent is the gateway's own, as in production; recognizer, language model, voice and
/// telephone are modelled, and what was heard is known word for word. The agent may hang up and take messages. Times are milliseconds since the call was answered, in steps
/// of 20. One thread.
public final class VirtualCall implements AttendantListener, AutoCloseable {
    /// A silence up to this length is a breath within what the agent says.
    private static final int BREATH_MILLIS = 300;

    private static final String AGENT = "desk";
    private static final String BRAIN = "scripted";
    private static final Tool TAKE_MESSAGE =
            new Tool(
                    "take_message",
                    "Takes a message for the team.",
                    """
                    {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
                    """);
    private static final Duration FRAME = Duration.ofMillis(AudioFrame.MILLIS);

    private final SimulatedLoop loop = new SimulatedLoop();
    private final VirtualLine line = new VirtualLine();
    private final Draws draws;
    private final WrittenEars ears;
    private final NumberedVoice voice;
    private final ScriptedBrain brain;
    private final Deque<short[]> toSay = new ArrayDeque<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final Attendant attendant;
    private Optional<String> ended = Optional.empty();

    /// Who answers, and what they think with.
    ///
    /// @param greeting what it says first; empty: the caller speaks first
    /// @param script what the model answers
    /// @param ownEnds whether the recognizer finds the ends of turns, else silence alone tells them
    /// @param delays how soon everything around it is
    /// @param seed from which they are drawn, for the call of this `name`
    public record Setup(
            Language language,
            Optional<String> greeting,
            ChatScript script,
            boolean ownEnds,
            AgentDelays delays,
            long seed,
            String name) {}

    /// The call is answered.
    public VirtualCall(Setup setup) {
        draws = new Draws(setup.delays(), setup.seed(), setup.name());
        ears = new WrittenEars(loop, draws, setup.ownEnds());
        voice = new NumberedVoice(loop::pause, draws);
        brain = new ScriptedBrain(loop::pause, draws, setup.script());
        var meters = new SimpleMeterRegistry();
        var dependencies =
                new AgentDependencies(
                        ears,
                        voice,
                        new Detectors(
                                LoudFrames::new,
                                UtteranceSettings.TELEPHONE,
                                UtteranceMeters.register(meters),
                                _ -> Optional.empty()),
                        new StockSentences(),
                        (_, _) -> Messages::new,
                        AgentMeters.register(meters),
                        fault -> {
                            throw new AssertionError(fault);
                        });
        var agent = new Agent(settings(setup), brain, dependencies);
        attendant =
                new Agents(Map.of(AGENT, agent))
                        .attend(
                                AGENT,
                                new AgentCall(
                                        new CallFacts(setup.name(), "", "", Map.of()),
                                        /* withheld= */ false,
                                        loop,
                                        line,
                                        Usage.UNMETERED),
                                new History(),
                                this);
    }

    private static AgentSettings settings(Setup setup) {
        return new AgentSettings(
                AGENT,
                setup.language(),
                setup.greeting(),
                List.of(BRAIN),
                "",
                Optional.empty(),
                VoiceChoice.USUAL,
                Duration.ofSeconds(1),
                false,
                Duration.ofMinutes(1),
                Duration.ofMinutes(30),
                Abilities.USUAL,
                CallerRules.NONE,
                CallContext.USUAL,
                Map.of(),
                TransferChoice.NONE);
    }

    /// What the model may use: messages are kept.
    private final class Messages implements Toolbox {
        @Override
        public List<Tool> tools() {
            return List.of(TAKE_MESSAGE);
        }

        @Override
        public String use(String name, String arguments) throws InterruptedException {
            if (!name.equals(TAKE_MESSAGE.name())) {
                return NONE.use(name, arguments);
            }
            messages.add(new JsonObject(arguments).getString("text", ""));
            return "done";
        }
    }

    /// Finds speech where there is sound.
    private static final class LoudFrames implements VoiceDetector {
        @Override
        public boolean speech(AudioFrame frame) {
            for (short sample : frame.pcm()) {
                if (sample != 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() {}
    }

    /// How long it lasts so far.
    public long now() {
        return (long) line.frames() * AudioFrame.MILLIS;
    }

    /// Lets so much time pass.
    public void pass(Duration time) {
        long until = now() + time.toMillis();
        while (now() < until) {
            loop.execute(line::play);
            loop.advance(FRAME);
            short[] next = toSay.pollFirst();
            loop.execute(() -> line.hear(next == null ? silence() : next));
            loop.advance(Duration.ZERO);
        }
    }

    private static short[] silence() {
        return new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];
    }

    /// The caller says this from now on, behind what they are still saying.
    public Stretch says(String text) {
        return says(SpokenWords.of(text));
    }

    /// The caller shows for so long that they listen, which is understood as a word.
    public Stretch hums(Duration lasting) {
        int frames = (int) lasting.dividedBy(FRAME);
        return says(new SpokenWords(List.of(new SpokenWords.Word("Mm-hm.", 0, frames)), frames));
    }

    private Stretch says(SpokenWords spoken) {
        ears.says(
                spoken,
                line.position()
                        + (long) toSay.size() * AudioFrame.samples(AudioFrame.TELEPHONE_RATE));
        return sounds(spoken.pcm());
    }

    /// The caller makes a sound for so long in which there are no words.
    public Stretch sounds(Duration lasting) {
        return sounds(SpokenWords.noise((int) lasting.dividedBy(FRAME)));
    }

    private Stretch sounds(List<short[]> frames) {
        long from = now() + (long) toSay.size() * AudioFrame.MILLIS;
        toSay.addAll(frames);
        return new Stretch(from, from + (long) frames.size() * AudioFrame.MILLIS);
    }

    /// The caller hangs up.
    public void hangUp() {
        end("caller-hung-up");
    }

    private void end(String reason) {
        if (ended.isEmpty()) {
            ended = Optional.of(reason);
            attendant.close();
        }
    }

    /// Why the call is over; empty while it is not.
    public Optional<String> ended() {
        return ended;
    }

    /// From now on `fault` befalls the model's answers.
    public void inject(Fault fault) {
        brain.inject(fault);
    }

    /// From now on the voice breaks.
    public void breakVoice() {
        voice.fail(true);
    }

    /// How often the model was asked.
    public int asked() {
        return brain.asked();
    }

    /// What the two have said, as the gateway understood it.
    public List<Turn> turns() {
        return List.copyOf(turns);
    }

    /// The messages that the agent has taken.
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /// The least that the latest answer could take, whose first clause has so many tokens.
    Duration floor(int clauseTokens, Duration silence) {
        return draws.floor(clauseTokens, silence);
    }

    /// When the agent was heard, but for its breaths.
    public List<Stretch> sounds() {
        List<Stretch> sounds = new ArrayList<>();
        for (int i = 0; i < line.frames(); i++) {
            if (line.heard(i).length > 0) {
                long from = (long) i * AudioFrame.MILLIS;
                if (!sounds.isEmpty() && from - sounds.getLast().until() <= BREATH_MILLIS) {
                    from = sounds.removeLast().from();
                }
                sounds.add(new Stretch(from, (long) (i + 1) * AudioFrame.MILLIS));
            }
        }
        return sounds;
    }

    /// The words of the agent that were heard from `from` up to `until`, each where half of it was.
    public String words(long from, long until) {
        List<String> words = new ArrayList<>();
        int at = (int) (from / AudioFrame.MILLIS);
        int end = (int) Math.min(until / AudioFrame.MILLIS, line.frames());
        while (at < end) {
            short[] first = line.heard(at);
            if (first.length == 0) {
                at++;
                continue;
            }
            int number = NumberedVoice.number(first);
            boolean[] heard = new boolean[voice.length(number)];
            for (; at < end && isOf(number, line.heard(at)); at++) {
                if (line.heard(at).length > 0) {
                    heard[NumberedVoice.index(line.heard(at))] = true;
                }
            }
            words.addAll(voice.words(number, heard));
        }
        return String.join(" ", words);
    }

    private static boolean isOf(int number, short[] frame) {
        return frame.length == 0 || NumberedVoice.number(frame) == number;
    }

    @Override
    public void said(Turn turn) {
        turns.add(turn);
    }

    @Override
    public void wished(Wish wish) {
        end(
                switch (wish) {
                    case Wish.HangUp _ -> "agent-hung-up";
                    case Wish.Transfer _ -> "transferred";
                });
    }

    @Override
    public void timeUp() {
        end("time-limit");
    }

    @Override
    public void failed() {
        end("agent-failed");
    }

    @Override
    public void close() {
        end("closed");
    }
}
