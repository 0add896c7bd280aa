package io.sandalphone.harness.agents;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Abilities;
import io.sandalphone.agent.Agent;
import io.sandalphone.agent.AgentDependencies;
import io.sandalphone.agent.AgentMeters;
import io.sandalphone.agent.AgentSettings;
import io.sandalphone.agent.Agents;
import io.sandalphone.agent.CallContext;
import io.sandalphone.agent.CallerRules;
import io.sandalphone.agent.StockSentences;
import io.sandalphone.brain.Tool;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.call.CallEvent;
import io.sandalphone.call.CallMeters;
import io.sandalphone.call.CallRegistry;
import io.sandalphone.call.People;
import io.sandalphone.call.Person;
import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostMeters;
import io.sandalphone.cost.CostSettings;
import io.sandalphone.cost.PriceTable;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.loop.SimulatedLoop;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.speech.input.Detectors;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.translate.Announcements;
import io.sandalphone.translate.CommitMode;
import io.sandalphone.translate.FaultMeters;
import io.sandalphone.translate.InterpretationHealth;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.LagSettings;
import io.sandalphone.translate.LaneMeters;
import io.sandalphone.translate.LaneSettings;
import io.sandalphone.translate.SpeculationSettings;
import io.sandalphone.translate.TranscriptFilterMeters;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// A call to an agent in virtual time: the agent is the gateway's own, as in production; recognizer, language model, voice and
/// telephone are modelled, and what was heard is known word for word. The agent may hang up, take messages, and put its caller through to a
/// person who speaks the caller's language, where there is one. Times are milliseconds since the call was answered, in steps
/// of 20. One thread.
public final class VirtualCall implements AutoCloseable {
    /// A silence up to this length is a breath within what the agent says.
    private static final int BREATH_MILLIS = 300;

    private static final String AGENT = "desk";
    private static final String BRAIN = "scripted";
    private static final String CALLED = "+12125550101";
    private static final Duration RING_TIMEOUT = Duration.ofSeconds(30);
    private static final Tool TAKE_MESSAGE =
            new Tool(
                    "take_message",
                    "Takes a message for the team.",
                    """
                    {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
                    """);

    /// How long it takes to pass a message on.
    private static final Duration DELIVERY = Duration.ofMillis(300);

    private static final Duration FRAME = Duration.ofMillis(AudioFrame.MILLIS);

    private static final CostSettings FREE =
            new CostSettings(
                    Currency.getInstance("USD"),
                    Optional.empty(),
                    Optional.empty(),
                    ZoneOffset.UTC,
                    Optional.empty(),
                    new PriceTable(Map.of()));
    private static final LaneSettings UNUSED =
            new LaneSettings(
                    CommitMode.CLAUSE,
                    SpeculationSettings.NONE,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    new LagSettings(Duration.ofSeconds(8), 1.25),
                    VoiceOverSettings.USUAL);

    private final SimulatedLoop loop = new SimulatedLoop();
    private final VirtualLine line = new VirtualLine();
    private final Draws draws;
    private final WrittenEars ears;
    private final NumberedVoice voice;
    private final ScriptedBrain brain;
    private final Deque<short[]> toSay = new ArrayDeque<>();
    private final List<String> messages = new ArrayList<>();
    private final VirtualConnection connection;
    private final CallRegistry calls;
    private Optional<String> ended = Optional.empty();
    private String state = "";
    private boolean delivering;

    /// Who answers, and what they think with.
    ///
    /// @param greeting what it says first; empty: the caller speaks first
    /// @param script what the model answers
    /// @param ownEnds whether the recognizer finds the ends of turns, else silence alone tells them
    /// @param delays how soon everything around it is
    /// @param seed from which they are drawn, for the call of this `name`
    /// @param person what comes of it when it puts its caller through; empty where there is nobody to put them through to
    public record Setup(
            Language language,
            Optional<String> greeting,
            ChatScript script,
            boolean ownEnds,
            AgentDelays delays,
            long seed,
            String name,
            Optional<Reached> person) {
        /// One with nobody to put its caller through to.
        public Setup(
                Language language,
                Optional<String> greeting,
                ChatScript script,
                boolean ownEnds,
                AgentDelays delays,
                long seed,
                String name) {
            this(language, greeting, script, ownEnds, delays, seed, name, Optional.empty());
        }

        private People people() {
            return person.isEmpty()
                    ? People.NONE
                    : new People(
                            List.of(
                                    new Person(
                                            "reception",
                                            new CallService.Interpreting(
                                                    VirtualConnection.PERSON, Optional.empty()),
                                            Optional.empty())),
                            Optional.empty());
        }
    }

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
                                LevelMeters.register(meters),
                                _ -> Optional.empty()),
                        new StockSentences(),
                        (_, _) -> Messages::new,
                        AgentMeters.register(meters),
                        fault -> {
                            throw new AssertionError(fault);
                        });
        connection = new VirtualConnection(loop, line, setup.person().orElse(Reached.AWAY));
        var agent = new Agent(settings(setup), brain, dependencies);
        calls = calls(setup, agent, meters);
        calls.observe(this::happened);
        calls.arrived(
                new Arrival(CallIds.next(), CALLED, CallerId.UNKNOWN, List.of(), _ -> connection));
        loop.advance(Duration.ZERO);
    }

    /// The gateway's own, of which nothing is interpreted: the two people speak one language.
    private CallRegistry calls(Setup setup, Agent agent, MeterRegistry meters) {
        var terms =
                new CallTerms(
                        setup.language(),
                        setup.language(),
                        /* interpret= */ true,
                        /* relay= */ false,
                        RING_TIMEOUT,
                        Duration.ofHours(1));
        return new CallRegistry(
                new RouteTable(Map.of(CALLED, new Route(new CallService.Attending(AGENT), terms))),
                new Limits(1, List.of("+1*")),
                new CallerIdPolicy("", false),
                new InterpreterDependencies(
                        new SpeechEngines(ears, new OneLanguage(), voice, Optional.empty()),
                        UNUSED,
                        UtteranceSettings.TELEPHONE,
                        LoudFrames::new,
                        Glossary.EMPTY,
                        new InterpretationHealth(FaultMeters.register(meters), loop),
                        LaneMeters.register(meters),
                        UtteranceMeters.register(meters),
                        LevelMeters.register(meters),
                        TranscriptFilterMeters.register(meters),
                        Announcements.none()),
                new Agents(Map.of(AGENT, agent), loop::nanoTime),
                Map.of(AGENT, setup.people()),
                Accounting.open(FREE, () -> Instant.EPOCH, CostMeters.register(meters)),
                CallMeters.register(meters));
    }

    private void happened(CallEvent event) {
        if (event instanceof CallEvent.Ended over) {
            ended = Optional.of(over.reason());
        }
        if (event instanceof CallEvent.StateChanged change) {
            state = change.state();
        }
    }

    /// Everybody speaks the language of the caller.
    private static final class OneLanguage implements Translator {
        @Override
        public String name() {
            return "one language";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return false;
        }

        @Override
        public String translate(TranslationRequest request) {
            throw new IllegalStateException("nobody needs it");
        }
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
                setup.people().choice());
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
            delivering = true;
            try {
                loop.pause(DELIVERY);
            } finally {
                delivering = false;
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
        connection.hangUp();
        loop.advance(Duration.ZERO);
    }

    /// Why the call is over; empty while it is not.
    public Optional<String> ended() {
        return ended;
    }

    /// Its state, by the word that the gateway has for it.
    public String state() {
        return state;
    }

    /// How often the model was asked.
    public int asked() {
        return brain.asked();
    }

    /// Whether the model uses a tool just now.
    public boolean usesTool() {
        return delivering;
    }

    /// Whether the person is rung.
    public boolean rings() {
        return connection.rings();
    }

    /// What there still is of it, now that it is over: nothing, where all is well.
    public Map<String, Integer> left() {
        Map<String, Integer> left = new TreeMap<>();
        left.put("calls", calls.sessions().size());
        left.put("connections", connection.isHeld() ? 1 : 0);
        left.put("recognizer's sessions", ears.sessions());
        left.put("voices", line.isSpokenTo() ? 1 : 0);
        left.put("work under way", loop.offloaded());
        left.put("timers", loop.timers());
        left.values().removeIf(count -> count == 0);
        return left;
    }

    /// From now on `fault` befalls the model's answers.
    public void inject(Fault fault) {
        brain.inject(fault);
    }

    /// From now on the voice breaks.
    public void breakVoice() {
        voice.fail(true);
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
        return words(
                line::heard,
                (int) (from / AudioFrame.MILLIS),
                (int) Math.min(until / AudioFrame.MILLIS, line.frames()));
    }

    /// Those in the frames from number `from` up to `end`, of which what is silent is empty.
    private String words(IntFunction<short[]> frames, int from, int end) {
        List<String> words = new ArrayList<>();
        int at = from;
        while (at < end) {
            short[] first = frames.apply(at);
            if (first.length == 0) {
                at++;
                continue;
            }
            int number = NumberedVoice.number(first);
            boolean[] heard = new boolean[voice.length(number)];
            for (; at < end && isOf(number, frames.apply(at)); at++) {
                if (frames.apply(at).length > 0) {
                    heard[NumberedVoice.index(frames.apply(at))] = true;
                }
            }
            words.addAll(voice.words(number, heard));
        }
        return String.join(" ", words);
    }

    private static boolean isOf(int number, short[] frame) {
        return frame.length == 0 || NumberedVoice.number(frame) == number;
    }

    /// The words that the person has heard who was rung, has answered and is joined with the caller; empty while that has not come
    /// to pass.
    public Optional<String> toldToPerson() {
        return connection
                .told()
                .map(
                        pcm -> {
                            List<short[]> frames = VirtualLine.frames(pcm);
                            return words(frames::get, 0, frames.size());
                        });
    }

    @Override
    public void close() {
        hangUp();
    }
}
