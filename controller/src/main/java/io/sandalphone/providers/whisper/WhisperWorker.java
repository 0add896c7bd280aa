package io.sandalphone.providers.whisper;

import com.sun.management.OperatingSystemMXBean;

import io.sandalphone.media.codec.Upsampler;
import io.sandalphone.models.Manifest;
import io.sandalphone.models.ModelException;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.providers.whisper.WhisperLibrary.Search;
import io.sandalphone.speech.text.admission.WhisperHearing;
import io.sandalphone.speech.worker.WorkerRequest;
import io.sandalphone.speech.worker.WorkerResponse;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The worker that recognizes: a process of its own, because a fault in native code ends the process it
/// happens in. [WhisperTranscriber] starts it.
///
/// One thread reads; another decodes one utterance after the other, of all speakers, with as many
/// processors as it may have: finished ones first, then those that go on.
public final class WhisperWorker {
    /// The encoder looks at 50 steps a second, and needs a little more than the sound: with less it
    /// repeats itself, as it does with lengths that are no multiple of 256.
    private static final int CONTEXT_STEP = 256;

    static final int WHOLE_CONTEXT = 1500;

    /// whisper.cpp refuses sound of less than a second: 1.1 s at 16 kHz.
    private static final int SHORTEST = 17_600;

    /// What this process has taken, all its threads together.
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final WhisperLibrary library;
    private final UtteranceQueue queue;
    private final DataOutputStream answers;

    private WhisperWorker(WhisperLibrary library, UtteranceQueue queue, DataOutputStream answers) {
        this.library = library;
        this.queue = queue;
        this.answers = answers;
    }

    /// Arguments: the models' folder, the model's name, the most processors, how long the words of a
    /// finished utterance may take, in milliseconds, and how many processors may be at work on those that
    /// go on.
    public static void main(String[] args) throws IOException {
        var in =
                new DataInputStream(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        var out =
                new DataOutputStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        try {
            Path model =
                    new ModelFolder(Path.of(args[0])).checked(Manifest.bundled().model(args[1]));
            int threads =
                    Math.min(Integer.parseInt(args[2]), Runtime.getRuntime().availableProcessors());
            var library = new WhisperLibrary(model, threads);
            long trial = trial(library);
            long now = System.nanoTime();
            var worker =
                    new WhisperWorker(
                            library,
                            new UtteranceQueue(
                                    Long.parseLong(args[3]) * 1_000_000,
                                    new Pace(context(2), trial, now),
                                    new PartialBudget(Double.parseDouble(args[4]), now),
                                    System::nanoTime),
                            out);
            worker.answer(new WorkerResponse.Ready(args[1], trial));
            Thread.ofPlatform().daemon().name("decoder").start(worker::decodeAll);
            worker.obey(in);
        } catch (ModelException | IOException unusable) {
            new WorkerResponse.Broken(String.valueOf(unusable.getMessage())).write(out);
            out.flush();
        }
        // Not exit: the decoder may be deep in native code and must not hold up the end.
        Runtime.getRuntime().halt(0);
    }

    private void obey(DataInputStream in) {
        try {
            while (true) {
                switch (WorkerRequest.read(in)) {
                    case WorkerRequest.Begin begin -> queue.begin(begin);
                    case WorkerRequest.Hear sound -> queue.hear(sound);
                    case WorkerRequest.Pause pause -> queue.pause(pause);
                    case WorkerRequest.End end -> answer(queue.end(end));
                    case WorkerRequest.Forget(int speaker) -> queue.forget(speaker);
                }
            }
        } catch (IOException gatewayGone) {
            // The end of the input is the order to end.
        }
    }

    private void decodeAll() {
        try {
            while (true) {
                UtteranceQueue.Work work = queue.take();
                answer(new WorkerResponse.Working());
                switch (work) {
                    case UtteranceQueue.Finished utterance -> answer(decode(utterance));
                    case UtteranceQueue.Growing utterance -> attempt(utterance);
                }
            }
        } catch (InterruptedException | IOException | RuntimeException failure) {
            // Whatever it is, this worker is of no more use; a new one begins afresh.
            Runtime.getRuntime().halt(1);
        }
    }

    /// How long two seconds of silence take. The first sound takes longer than those after it: better
    /// nobody waits for it.
    private static long trial(WhisperLibrary library) {
        float[] silence = new float[32_000];
        library.hear(silence, "en", context(2), Search.GREEDY);
        long start = System.nanoTime();
        library.hear(silence, "en", context(2), Search.GREEDY);
        return System.nanoTime() - start;
    }

    private WorkerResponse decode(UtteranceQueue.Finished utterance) throws IOException {
        long start = System.nanoTime();
        double seconds = utterance.pcm().length / 8000.0;
        float[] sound = wide(utterance.pcm());
        int context = context(seconds);
        Search search = search(utterance);
        WhisperHearing hearing = library.hear(sound, utterance.language(), context, search);
        queue.took(context, System.nanoTime() - start);
        WhisperHearing.Verdict verdict = hearing.verdict(seconds);
        if (verdict.mayBeMended()) {
            answer(new WorkerResponse.Working());
            hearing = library.hear(sound, utterance.language(), WHOLE_CONTEXT, search);
            verdict = hearing.verdict(seconds);
        }
        return queue.decoded(utterance, hearing, verdict, System.nanoTime() - start);
    }

    private void attempt(UtteranceQueue.Growing utterance) throws IOException {
        long start = System.nanoTime();
        long processor = PROCESS.getProcessCpuTime();
        int context = UtteranceQueue.context(utterance);
        WhisperHearing hearing =
                library.hear(
                        wide(utterance.pcm()),
                        utterance.language(),
                        context,
                        search(utterance),
                        queue::urgent);
        long took = System.nanoTime() - start;
        long used = PROCESS.getProcessCpuTime() - processor;
        if (hearing != null) {
            queue.took(context, took);
        }
        answer(queue.attempted(utterance, hearing, took, used));
        answer(new WorkerResponse.Attempted(used, hearing == null));
    }

    /// In English greedy decoding is seldom wrong. In the other languages, of which the model knows less, what may become an
    /// answer is worth half as much time again; words that may still change are not.
    static Search search(UtteranceQueue.Work work) {
        boolean answer =
                switch (work) {
                    case UtteranceQueue.Finished _ -> true;
                    case UtteranceQueue.Growing growing -> growing.pause();
                };
        return answer && !work.language().equals("en") ? Search.BEAM : Search.GREEDY;
    }

    /// How much of its context the encoder uses for sound of so many seconds.
    static int context(double seconds) {
        int needed = (int) Math.ceil(50 * Math.max(seconds, SHORTEST / 16_000.0) + 32);
        return Math.min(WHOLE_CONTEXT, Math.ceilDiv(needed, CONTEXT_STEP) * CONTEXT_STEP);
    }

    /// At 16 kHz, from -1 to 1, at least as long as whisper.cpp wants it.
    static float[] wide(short[] pcm) {
        // A little silence more pushes the last samples out of the filter.
        short[] wide = Upsampler.narrowBand().resample(Arrays.copyOf(pcm, pcm.length + 80));
        float[] sound = new float[Math.max(SHORTEST, wide.length)];
        for (int i = 0; i < wide.length; i++) {
            sound[i] = wide[i] / 32_768f;
        }
        return sound;
    }

    private void answer(Optional<WorkerResponse> answer) throws IOException {
        if (answer.isPresent()) {
            answer(answer.get());
        }
    }

    private void answer(WorkerResponse answer) throws IOException {
        synchronized (answers) {
            answer.write(answers);
            answers.flush();
        }
    }
}
