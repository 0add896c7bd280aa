package io.sandalphone.agent;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.speech.input.HeardLevels;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.VirtualLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A conversation with an agent in virtual time: the caller makes sounds, the recognizer understands what the test says, the
/// brain is the test's, and the voice says each character in 60 ms, the sound being the number of the word that it says.
final class Conversed implements AttendantListener, AutoCloseable {
    private static final int FRAME = 160;

    /// How long the voice takes for a character.
    static final int CHARACTER_MILLIS = 60;

    /// How far the carrier is ahead of what it plays.
    private static final int CARRIER_MILLIS = 100;

    final VirtualLoop loop = new VirtualLoop();
    final Line line = new Line();
    final Ears ears = new Ears();
    final Voice voice = new Voice();
    final List<Turn> turns = new ArrayList<>();
    final List<String> ended = new ArrayList<>();
    final List<Wish> wishes = new ArrayList<>();
    final List<BrainRequest> asked = new ArrayList<>();
    int brainsPrepared;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Attendant attendant;
    // What each answer has.
    Toolbox toolbox = Toolbox.NONE;

    /// What the test's brain does.
    @FunctionalInterface
    interface Answer {
        void to(BrainRequest request, BrainReply out) throws SpeechException, InterruptedException;
    }

    Conversed(@Nullable String greeting, Answer brain) {
        this(greeting, brain, false);
    }

    Conversed(@Nullable String greeting, Answer brain, boolean fillers) {
        this(brain, agent(greeting).fillers(fillers));
    }

    Conversed(Answer brain, AgentBuilder agent) {
        this(agent, brain, new History(), new CallAllowance(0), true, false);
    }

    /// One that goes on after its caller was away for a while.
    Conversed(Answer brain, CallAllowance allowance) {
        this(agent(null), brain, new History(), allowance, true, false);
    }

    /// One that may put its caller through, as these say. `history` is what was said before.
    Conversed(
            Answer brain,
            TransferChoice transfer,
            History history,
            boolean mayTransfer,
            boolean nobodyCame) {
        this(
                agent(null).transfer(transfer),
                brain,
                history,
                new CallAllowance(0),
                mayTransfer,
                nobodyCame);
    }

    private Conversed(
            AgentBuilder agent,
            Answer brain,
            History history,
            CallAllowance allowance,
            boolean mayTransfer,
            boolean nobodyCame) {
        var dependencies =
                AgentBuilder.dependencies(
                        ears, voice, Sounding::new, (_, _) -> () -> toolbox, meters);
        attendant =
                Attendant.start(
                        new Agent(agent.settings(), new Scripted(brain), dependencies),
                        new AgentCall(
                                new CallFacts("c1", "", "", Map.of()),
                                false,
                                loop,
                                line,
                                Usage.UNMETERED,
                                new HeardLevels(),
                                allowance,
                                mayTransfer,
                                nobodyCame),
                        history,
                        this);
        loop.settle();
    }

    private static AgentBuilder agent(@Nullable String greeting) {
        AgentBuilder agent =
                new AgentBuilder()
                        .longestTurn(Duration.ofSeconds(30))
                        .longestCall(Duration.ofMinutes(5));
        return greeting == null ? agent : agent.greeting(greeting);
    }

    private static final class Sounding implements VoiceDetector {
        @Override
        public boolean speech(AudioFrame frame) {
            return frame.pcm()[0] != 0;
        }

        @Override
        public void close() {}
    }

    private final class Scripted implements Brain {
        private final Answer answer;

        Scripted(Answer answer) {
            this.answer = answer;
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public boolean converses(Language language) {
            return true;
        }

        @Override
        public void prepare() {
            brainsPrepared++;
        }

        @Override
        public void answer(BrainRequest request, BrainReply out)
                throws SpeechException, InterruptedException {
            asked.add(request);
            answer.to(request, out);
        }
    }

    /// Lets so much time pass while the caller is silent.
    void silence(int millis) {
        say(0, millis);
    }

    /// The caller makes a sound for so long.
    void sound(int millis) {
        say(1, millis);
    }

    /// The caller says this, which is understood when the voice detector has found its end.
    void says(String words, int millis) {
        ears.next.addLast(words);
        sound(millis);
    }

    private void say(int value, int millis) {
        for (int at = 0; at < millis; at += AudioFrame.MILLIS) {
            line.caller(value);
            loop.settle();
            loop.advance(Duration.ofMillis(AudioFrame.MILLIS));
            line.play();
            loop.settle();
        }
    }

    @Override
    public void said(Turn turn) {
        turns.add(turn);
    }

    @Override
    public void wished(Wish wish) {
        ended.add(wish.ability().name());
        wishes.add(wish);
    }

    @Override
    public void timeUp() {
        ended.add("time up");
    }

    @Override
    public void failed() {
        ended.add("failed");
    }

    void dismiss() {
        attendant.bidGoodbye();
    }

    double count(String meter) {
        return meters.get("sandalphone.agent." + meter).counter().count();
    }

    @Override
    public void close() {
        attendant.close();
    }

    /// The caller's line: plays what is spoken by the clock, 100 ms behind, and tells what it has played.
    final class Line implements LegAudio {
        /// What was heard, 20 ms each: 0 for silence.
        final List<Integer> heard = new ArrayList<>();

        boolean tells = true;
        private FrameSink hearing = _ -> {};
        private @Nullable FrameSource mouth;
        private Runnable drained = () -> {};
        private final Deque<Sent> sent = new ArrayDeque<>();
        private final List<Runnable> marks = new ArrayList<>();
        private long position;

        private record Sent(int value, List<Runnable> marks) {}

        @Override
        public void hear(FrameSink ears) {
            hearing = ears;
        }

        @Override
        public void speak(FrameSource mouth, Runnable drained) {
            if (this.mouth == null) {
                this.mouth = mouth;
                this.drained = drained;
            }
        }

        @Override
        public void stop() {
            mouth = null;
            sent.clear();
            marks.clear();
        }

        @Override
        public void whenPlayed(Runnable played) {
            if (tells) {
                marks.add(played);
            }
        }

        @Override
        public void duck(double decibels) {
            throw new AssertionError("there is nobody else");
        }

        @Override
        public void restore() {
            throw new AssertionError("there is nobody else");
        }

        void caller(int value) {
            var pcm = new short[FRAME];
            Arrays.fill(pcm, (short) value);
            var frame = new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
            position = frame.end();
            hearing.accept(frame);
        }

        /// 20 ms pass.
        void play() {
            int most = 3 + CARRIER_MILLIS / AudioFrame.MILLIS;
            boolean dry = false;
            while (mouth != null && sent.size() < most && !dry) {
                AudioFrame frame = mouth.poll();
                dry = frame == null;
                if (frame != null) {
                    sent.addLast(new Sent(frame.pcm()[0], List.copyOf(marks)));
                    marks.clear();
                }
            }
            Sent now = sent.pollFirst();
            heard.add(now == null ? 0 : now.value());
            if (now != null) {
                now.marks().forEach(loop::execute);
            }
            if (mouth != null && dry && sent.isEmpty()) {
                mouth = null;
                drained.run();
            }
        }

        /// When the agent was heard last, in milliseconds from the beginning.
        int lastHeardMillis() {
            for (int i = heard.size(); i > 0; i--) {
                if (heard.get(i - 1) != 0) {
                    return i * AudioFrame.MILLIS;
                }
            }
            return 0;
        }

        /// When it was heard first after that time.
        int nextHeardMillis(int from) {
            for (int i = from / AudioFrame.MILLIS; i < heard.size(); i++) {
                if (heard.get(i) != 0) {
                    return i * AudioFrame.MILLIS;
                }
            }
            throw new AssertionError("not heard");
        }

        int now() {
            return heard.size() * AudioFrame.MILLIS;
        }

        /// How long it was heard in all.
        int heardMillis() {
            return (int) heard.stream().filter(value -> value != 0).count() * AudioFrame.MILLIS;
        }
    }

    /// Understands what the test says, at the end of each utterance.
    final class Ears implements Transcriber {
        final Deque<String> next = new ArrayDeque<>();
        @Nullable TranscriptListener listener;
        long began;
        boolean fails;
        // As one that takes whole utterances: it is ready, and fails when there is one.
        boolean losesUtterances;
        boolean neverAnswers;

        @Override
        public String name() {
            return "test";
        }

        @Override
        public boolean understands(Language language) {
            return true;
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener told) {
            if (fails) {
                loop.execute(
                        () ->
                                told.onFailure(
                                        new SpeechException(
                                                SpeechException.Kind.UNREACHABLE, "test")));
            }
            listener = told;
            loop.execute(told::onReady);
            return new Transcription() {
                @Override
                public void hear(AudioFrame frame) {}

                @Override
                public void utteranceStarted(long position) {
                    began = position;
                }

                @Override
                public void utteranceEnded(long position) {
                    if (neverAnswers) {
                        return;
                    }
                    if (losesUtterances) {
                        loop.execute(
                                () ->
                                        told.onFailure(
                                                new SpeechException(
                                                        SpeechException.Kind.UNREACHABLE, "test")));
                        return;
                    }
                    String words = next.pollFirst();
                    loop.execute(
                            () ->
                                    told.onTranscript(
                                            words == null
                                                    ? new TranscriptEvent.Nothing(began, position)
                                                    : new TranscriptEvent.Final(
                                                            words,
                                                            began,
                                                            position,
                                                            Optional.empty())));
                }

                @Override
                public void close() {}
            };
        }

        /// The recognizer says by itself that these were the words.
        void turn(String words) {
            tell(new TranscriptEvent.Final(words, began, line.position, Optional.empty()));
        }

        void partial(String words) {
            tell(new TranscriptEvent.Partial(List.of(), "", words, began, line.position));
        }

        private void tell(TranscriptEvent event) {
            TranscriptListener told = listener;
            if (told == null) {
                throw new AssertionError("nobody listens");
            }
            loop.execute(() -> told.onTranscript(event));
        }
    }

    /// Says each text by as many frames as it is long.
    static final class Voice implements Synthesizer {
        final List<String> said = new ArrayList<>();
        final Set<VoiceChoice> asked = new HashSet<>();
        boolean fails;
        private int number = 1;

        @Override
        public String name() {
            return "test";
        }

        @Override
        public boolean speaks(Language language) {
            return true;
        }

        @Override
        public void synthesize(SynthesisRequest request, PcmSink out) throws SpeechException {
            if (fails) {
                throw new SpeechException(SpeechException.Kind.UNREACHABLE, "test");
            }
            said.add(request.text());
            asked.add(request.voices());
            var pcm = new short[request.text().length() * CHARACTER_MILLIS * 8];
            Arrays.fill(pcm, (short) number++);
            out.accept(pcm);
        }
    }
}
