package io.sandalphone.harness.bench;

import com.sun.management.ThreadMXBean;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneSynthesizer;
import io.sandalphone.harness.tone.ToneTranscriber;
import io.sandalphone.harness.tone.ToneTranslator;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.vad.LevelGate;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.resilience.Resilience;
import io.sandalphone.speech.resilience.ResilienceSettings;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.speech.text.protect.ProtectedTranslator;
import io.sandalphone.speech.text.protect.ProtectionMeters;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.Announcements;
import io.sandalphone.translate.Availability;
import io.sandalphone.translate.CommitMode;
import io.sandalphone.translate.Conversation;
import io.sandalphone.translate.FaultMeters;
import io.sandalphone.translate.InterpretationHealth;
import io.sandalphone.translate.Interpreter;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.InterpreterListener;
import io.sandalphone.translate.LagSettings;
import io.sandalphone.translate.LaneMeters;
import io.sandalphone.translate.LaneSettings;
import io.sandalphone.translate.Progress;
import io.sandalphone.translate.SpeculationSettings;
import io.sandalphone.translate.TranscriptFilterMeters;
import io.sandalphone.translate.UtteranceNumbers;

import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What interpreting alone takes: so many calls on one loop, interpreted both ways by the tone engines behind what stands
/// before the engines of production, both parties talking half of the time as in the other benchmarks, over legs that
/// cost nothing. Time goes by as fast as the machine manages, so it takes a few seconds, and other work on the machine
/// hardly matters: prints the processor time of the loop's thread and what it allocates for each 20 ms of a leg, and how
/// much of the heap a leg holds.
///
/// Arguments: calls (20), seconds of speech to warm up (60), seconds measured (30).
public final class LaneBench {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final Duration PERIOD = Duration.ofMillis(AudioFrame.MILLIS);
    private static final int THRESHOLD = 64;
    private static final int CUSHION = 3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final FastLoop loop = new FastLoop();
    private final List<FreeLeg> legs = new ArrayList<>();
    private final List<Interpreter> interpreters = new ArrayList<>();
    private long spoken;

    private LaneBench() {}

    public static void main(String[] args) {
        int calls = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int warmUp = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 30;
        new LaneBench().run(calls, warmUp, seconds);
        System.exit(0);
    }

    private void run(int calls, int warmUp, int seconds) {
        InterpreterDependencies dependencies = dependencies();
        long alone = usedHeap();
        for (int i = 0; i < calls; i++) {
            interpret(i, calls, dependencies);
        }
        pass(warmUp);
        long held = usedHeap();
        spoken = 0;
        long cpu = threads.getCurrentThreadCpuTime();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        pass(seconds);
        double frames = (double) seconds * 1000 / AudioFrame.MILLIS * legs.size();
        System.out.printf(
                Locale.ROOT,
                "%d calls: %.2f us and %.0f bytes for each frame of a leg, %.3f %% of a core per"
                        + " call; %.0f kB held by a leg; %.2f of the frames spoken over%n",
                calls,
                (threads.getCurrentThreadCpuTime() - cpu) / frames / 1000,
                (threads.getCurrentThreadAllocatedBytes() - allocated) / frames,
                (threads.getCurrentThreadCpuTime() - cpu) / 1e7 / seconds / calls,
                (held - alone) / 1024.0 / legs.size(),
                spoken / frames);
        interpreters.forEach(Interpreter::close);
    }

    /// After a collection of everything that nobody holds.
    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void pass(int seconds) {
        for (long i = 0; i < seconds * 1000L / AudioFrame.MILLIS; i++) {
            loop.advance(PERIOD);
            legs.forEach(FreeLeg::say);
            legs.forEach(FreeLeg::play);
        }
    }

    private static InterpreterDependencies dependencies() {
        var meters = new SimpleMeterRegistry();
        var resilience = new Resilience(ResilienceSettings.defaults(), meters);
        return new InterpreterDependencies(
                new SpeechEngines(
                        resilience.transcriber(List.of(new ToneTranscriber())),
                        resilience.translator(
                                List.of(
                                        new ProtectedTranslator(
                                                new ToneTranslator(),
                                                Glossary.EMPTY,
                                                ProtectionMeters.register(meters)))),
                        resilience.synthesizer(List.of(new ToneSynthesizer(ToneSpeech.USUAL))),
                        Optional.empty()),
                new LaneSettings(
                        CommitMode.CLAUSE,
                        new SpeculationSettings(true, 1.6, 1.25),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(2),
                        new LagSettings(Duration.ofSeconds(8), 1.25),
                        VoiceOverSettings.USUAL),
                UtteranceSettings.TELEPHONE,
                () ->
                        new LevelGate(
                                THRESHOLD,
                                WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE)),
                Glossary.EMPTY,
                new InterpretationHealth(FaultMeters.register(meters), System::nanoTime),
                LaneMeters.register(meters),
                UtteranceMeters.register(meters),
                LevelMeters.register(meters),
                TranscriptFilterMeters.register(meters),
                Announcements.none());
    }

    private void interpret(int number, int calls, InterpreterDependencies dependencies) {
        var caller = new FreeLeg();
        var destination = new FreeLeg();
        legs.add(caller);
        legs.add(destination);
        new io.sandalphone.harness.bench.Conversation(caller, destination, /* relay= */ true)
                .talk(number, calls, 1);
        interpreters.add(
                Interpreter.start(
                        dependencies,
                        new Conversation(
                                "call" + number,
                                loop,
                                caller,
                                destination,
                                ToneWord.ENGLISH,
                                ToneWord.SPANISH,
                                /* relay= */ true,
                                Usage.UNMETERED,
                                new UtteranceNumbers(),
                                EnumSet.noneOf(Party.class)),
                        new InterpreterListener() {
                            @Override
                            public void progressed(Progress step) {}

                            @Override
                            public void availability(Availability changed) {}
                        }));
    }

    /// A telephone that says one turn again and again, and plays what it is spoken by the clock.
    private final class FreeLeg implements LegAudio, Talker {
        private final List<short[]> turn = new ArrayList<>();
        private boolean begun;
        private FrameSink ears = _ -> {};
        private @Nullable FrameSource mouth;
        private Runnable drained = () -> {};
        private int owed;
        private int held;
        private int said;
        private long position;

        // What comes first only sets the phase of the turn.
        @Override
        public void say(short[] pcm) {
            if (!begun) {
                begun = true;
                said = -pcm.length / FRAME;
                return;
            }
            for (int at = 0; at + FRAME <= pcm.length; at += FRAME) {
                turn.add(Arrays.copyOfRange(pcm, at, at + FRAME));
            }
        }

        void say() {
            ears.accept(
                    new AudioFrame(
                            turn.get(Math.floorMod(said, turn.size())).clone(),
                            AudioFrame.TELEPHONE_RATE,
                            position));
            position += FRAME;
            said++;
        }

        void play() {
            FrameSource source = mouth;
            held = Math.max(0, held - 1);
            if (source == null) {
                return;
            }
            owed++;
            while (owed > 0 && source.poll() != null) {
                owed--;
                held++;
                spoken++;
            }
            if (owed > 0 && held == 0) {
                mouth = null;
                drained.run();
            }
        }

        @Override
        public void hear(FrameSink ears) {
            this.ears = ears;
        }

        @Override
        public void speak(FrameSource mouth, Runnable drained) {
            if (this.mouth == null) {
                this.mouth = mouth;
                this.drained = drained;
                owed = CUSHION - 1;
            }
        }

        @Override
        public void stop() {
            mouth = null;
        }

        @Override
        public void duck(double decibels) {}

        @Override
        public void restore() {}

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public short[] heard() {
            return new short[0];
        }
    }
}
