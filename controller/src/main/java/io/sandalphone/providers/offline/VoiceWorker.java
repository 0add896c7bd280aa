package io.sandalphone.providers.offline;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.PolyphaseFilter;
import io.sandalphone.speech.worker.VoiceRequest;
import io.sandalphone.speech.worker.VoiceResponse;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// The voice worker: a process of its own, because a fault in native code ends the process it happens
/// in, and that must not be the one that carries the calls. [WorkedVoice] starts it.
///
/// Reads [VoiceRequest]s from standard input, writes [VoiceResponse]s to standard output, ends when its
/// input does. One thread reads; a few speak, each one phrase at a time, in the order of the requests.
public final class VoiceWorker {
    /// A phrase that is not answered yet.
    private static final class Phrase {
        private final VoiceRequest.Speak request;
        private volatile boolean cancelled;

        Phrase(VoiceRequest.Speak request) {
            this.request = request;
        }
    }

    private final PolyphaseFilter filter;
    private final DataOutputStream answers;

    /// The gateway keeps this short.
    private final BlockingQueue<Phrase> waiting = new LinkedBlockingQueue<>();

    private final Map<Integer, Phrase> unanswered = new ConcurrentHashMap<>();

    private VoiceWorker(VoiceLibrary library, DataOutputStream answers) {
        this.answers = answers;
        filter = PolyphaseFilter.between(library.rate(), AudioFrame.TELEPHONE_RATE);
    }

    /// Arguments: the voice, the folder of Pico's languages, words a minute, and how many phrases are
    /// spoken at the same time.
    public static void main(String[] args) throws IOException {
        var in =
                new DataInputStream(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        var out =
                new DataOutputStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        try {
            var library = load(args[0], Path.of(args[1]), Integer.parseInt(args[2]));
            var worker = new VoiceWorker(library, out);
            List<VoiceLibrary.Speaker> speakers = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(args[3]); i++) {
                speakers.add(library.speaker());
            }
            worker.rehearse(speakers.getFirst(), library.languages());
            worker.answer(new VoiceResponse.Ready(library.name()));
            for (var speaker : speakers) {
                Thread.ofPlatform().daemon().name("speaker").start(() -> worker.speakOn(speaker));
            }
            worker.obey(in);
        } catch (LibraryUnavailableException unavailable) {
            new VoiceResponse.Broken(String.valueOf(unavailable.getMessage())).write(out);
            out.flush();
        }
        // Not exit: a speaker may be deep in native code and must not hold up the end.
        Runtime.getRuntime().halt(0);
    }

    private static VoiceLibrary load(String voice, Path picoData, int wordsPerMinute)
            throws LibraryUnavailableException {
        return switch (VoiceKind.of(voice)) {
            case PICO -> PicoLibrary.load(picoData, wordsPerMinute);
            case FLITE -> FliteLibrary.load(wordsPerMinute);
            case ESPEAK_NG -> throw new LibraryUnavailableException(voice + " needs no worker");
        };
    }

    /// Speaks to nobody, so that the first phrase finds all code loaded.
    private void rehearse(VoiceLibrary.Speaker speaker, List<String> languages) {
        for (String language : languages) {
            var telephone = new TelephoneSound(filter, SilenceTrimmer.ofNoise(_ -> {}));
            speaker.speak(
                    language,
                    language.equals("es")
                            ? "Buenos días, ¿qué puedo hacer por usted?"
                            : "Good morning, what can I do for you today?",
                    pcm -> {
                        telephone.accept(pcm);
                        return true;
                    });
            telephone.finish();
        }
    }

    private void obey(DataInputStream in) {
        try {
            while (true) {
                switch (VoiceRequest.read(in)) {
                    case VoiceRequest.Speak request -> {
                        var phrase = new Phrase(request);
                        unanswered.put(request.phrase(), phrase);
                        waiting.add(phrase);
                    }
                    case VoiceRequest.Cancel(int id) -> {
                        var phrase = unanswered.get(id);
                        if (phrase != null) {
                            phrase.cancelled = true;
                        }
                    }
                }
            }
        } catch (IOException gatewayGone) {
            // The end of the input is the order to end.
        }
    }

    private void speakOn(VoiceLibrary.Speaker speaker) {
        try {
            while (true) {
                var phrase = waiting.take();
                var answer = speak(phrase, speaker);
                unanswered.remove(phrase.request.phrase());
                answer(answer);
            }
        } catch (InterruptedException | IOException | RuntimeException failure) {
            // Whatever it is, this worker is of no more use; a new one begins afresh.
            Runtime.getRuntime().halt(1);
        }
    }

    private VoiceResponse speak(Phrase phrase, VoiceLibrary.Speaker speaker) {
        int id = phrase.request.phrase();
        if (phrase.cancelled) {
            return new VoiceResponse.Done(id);
        }
        var telephone = new TelephoneSound(filter, SilenceTrimmer.ofNoise(pcm -> send(id, pcm)));
        try {
            speaker.speak(
                    phrase.request.language(),
                    phrase.request.text(),
                    pcm -> {
                        telephone.accept(pcm);
                        return !phrase.cancelled;
                    });
        } catch (IllegalStateException refused) {
            return new VoiceResponse.Failed(id, String.valueOf(refused.getMessage()));
        }
        if (!phrase.cancelled) {
            telephone.finish();
        }
        return new VoiceResponse.Done(id);
    }

    private void send(int phrase, short[] pcm) {
        try {
            answer(new VoiceResponse.Sound(phrase, pcm));
        } catch (IOException gatewayGone) {
            throw new UncheckedIOException(gatewayGone);
        }
    }

    private void answer(VoiceResponse answer) throws IOException {
        synchronized (answers) {
            answer.write(answers);
            answers.flush();
        }
    }
}
