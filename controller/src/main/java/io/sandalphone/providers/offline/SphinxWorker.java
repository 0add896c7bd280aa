package io.sandalphone.providers.offline;

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
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// The recognition worker: a process of its own, because a fault in native code ends the process it
/// happens in, and that must not be the one that carries the calls. [SphinxTranscriber] starts it.
///
/// Reads [WorkerRequest]s from standard input, writes [WorkerResponse]s to standard output, ends when its
/// input does. One thread reads; each decoder has a thread of its own. Decoders are made as they are
/// needed, up to a bound, and each serves one utterance at a time.
public final class SphinxWorker {
    /// The most sound kept waiting for decoders, of all speakers together: two minutes.
    private static final int MOST_SAMPLES_WAITING = 120 * 8000;

    /// Sound decoded between two looks at the words so far, in samples at 8 kHz: a quarter second.
    private static final int PARTIAL_EVERY = 2000;

    /// Sound decoded between two signs that it is at work: half a second.
    private static final int SIGN_EVERY = 4000;

    /// The longest utterance that is concluded in a pause, lest it be decoded again: 4 s.
    private static final int MOST_SAMPLES_CONCLUDED = 32_000;

    private final SphinxLibrary library;
    private final Map<String, String> settings;
    private final DataOutputStream answers;
    private final Backlog backlog = new Backlog(MOST_SAMPLES_WAITING);

    private SphinxWorker(
            SphinxLibrary library, Map<String, String> settings, DataOutputStream answers) {
        this.library = library;
        this.settings = settings;
        this.answers = answers;
    }

    /// Arguments: the model's folder and the most decoders at once.
    public static void main(String[] args) throws IOException {
        var in =
                new DataInputStream(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        var out =
                new DataOutputStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        try {
            var model = SphinxModel.under(Path.of(args[0]));
            for (var missing : model.missing()) {
                throw new LibraryUnavailableException(
                        Installation.sentence(missing.toString(), "pocketsphinx-en-us"));
            }
            var worker = new SphinxWorker(SphinxLibrary.load(), settings(model), out);
            worker.startDecoder(worker.newDecoder());
            worker.answer(
                    new WorkerResponse.Ready("PocketSphinx " + worker.library.generation(), 0));
            worker.obey(in, Integer.parseInt(args[1]));
        } catch (LibraryUnavailableException unavailable) {
            new WorkerResponse.Broken(String.valueOf(unavailable.getMessage())).write(out);
            out.flush();
        }
        // Not exit: a decoder may be deep in native code and must not hold up the end.
        Runtime.getRuntime().halt(0);
    }

    private static Map<String, String> settings(SphinxModel model) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("hmm", model.acoustic().toString());
        settings.put("lm", model.language().toString());
        settings.put("dict", model.dictionary().toString());
        return settings;
    }

    private void obey(DataInputStream in, int mostDecoders) {
        int decoders = 1;
        try {
            while (true) {
                boolean shortOfDecoders = backlog.accept(WorkerRequest.read(in));
                if (shortOfDecoders && decoders < mostDecoders) {
                    decoders++;
                    Thread.ofPlatform().daemon().name("decoder").start(this::decodeOnOneMore);
                }
            }
        } catch (IOException gatewayGone) {
            // The end of the input is the order to end.
        }
    }

    private SphinxLibrary.Decoder newDecoder() throws LibraryUnavailableException {
        return library.decoder(settings);
    }

    private void startDecoder(SphinxLibrary.Decoder decoder) {
        Thread.ofPlatform().daemon().name("decoder").start(() -> decodeOn(decoder));
    }

    /// Loading the model takes a second, which the thread that reads orders has not got.
    private void decodeOnOneMore() {
        try {
            decodeOn(newDecoder());
        } catch (LibraryUnavailableException noMore) {
            Runtime.getRuntime().halt(1);
        }
    }

    private void decodeOn(SphinxLibrary.Decoder decoder) {
        try {
            while (true) {
                var utterance = backlog.take();
                decode(utterance, decoder);
                backlog.done(utterance);
            }
        } catch (InterruptedException | IOException | RuntimeException failure) {
            // Whatever it is, this worker is of no more use; a new one begins afresh.
            Runtime.getRuntime().halt(1);
        }
    }

    private void decode(Backlog.Utterance utterance, SphinxLibrary.Decoder decoder)
            throws InterruptedException, IOException {
        var speaker = utterance.speaker();
        var hearing = new SphinxHearing(decoder, speaker.cepstralMean);
        int lastLook = 0;
        int lastSign = 0;
        int lastPause = -1;
        long decodeNanos = 0;
        String partial = "";
        short[] pcm;
        while ((pcm = backlog.next(utterance)) != null) {
            long start = System.nanoTime();
            hearing.hear(pcm);
            int samples = hearing.samples();
            int pause = backlog.speech(utterance);
            if (hearing.isConcluded()
                    && (pause != lastPause || samples > pause + WorkerRequest.LONGEST_PAUSE)) {
                hearing.reopen();
                answer(new WorkerResponse.Attempted(System.nanoTime() - start, true));
            }
            if (pause > lastPause
                    && hearing.covers(pause)
                    && samples <= MOST_SAMPLES_CONCLUDED
                    && backlog.idle()) {
                lastPause = pause;
                partial = hearing.conclude();
                answer(new WorkerResponse.Partial(speaker.id(), "", partial, samples));
            }
            // A decoder that is behind has better things to do than to say what is out of date.
            if (samples - lastLook >= PARTIAL_EVERY && !backlog.behind(utterance)) {
                lastLook = samples;
                String words = hearing.words();
                if (!words.equals(partial)) {
                    partial = words;
                    answer(new WorkerResponse.Partial(speaker.id(), "", words, samples));
                }
            }
            if (samples - lastSign >= SIGN_EVERY) {
                lastSign = samples;
                answer(new WorkerResponse.Working());
            }
            decodeNanos += System.nanoTime() - start;
        }
        long start = System.nanoTime();
        int speech = backlog.speech(utterance);
        boolean early = hearing.isComplete(speech);
        String words = hearing.finish(speech);
        decodeNanos += System.nanoTime() - start;
        speaker.cepstralMean = decoder.cepstralMean();
        switch (backlog.outcome(utterance)) {
            case COMPLETE ->
                    answer(
                            new WorkerResponse.Final(
                                    speaker.id(),
                                    words,
                                    hearing.samples(),
                                    decodeNanos,
                                    "",
                                    OptionalDouble.empty(),
                                    new WorkerResponse.Before(0, 0, early)));
            case DROPPED -> answer(new WorkerResponse.Dropped(speaker.id(), "too much waits"));
            case FORGOTTEN -> {}
        }
    }

    private void answer(WorkerResponse answer) throws IOException {
        synchronized (answers) {
            answer.write(answers);
            answers.flush();
        }
    }
}
