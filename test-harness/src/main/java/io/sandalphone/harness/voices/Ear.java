package io.sandalphone.harness.voices;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.sounds.Band;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.providers.whisper.WhisperProvider;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Hears sentences at the other end of a telephone line: 300 to 3400 Hz, mu-law, then Whisper as the
/// product has it. One sentence after the other; belongs to one thread.
public final class Ear implements AutoCloseable {
    /// Samples in a frame.
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    /// Silence around a sentence: 200 ms.
    private static final int SILENCE = 10 * FRAME;

    private static final int PATIENCE_SECONDS = 120;

    private final ProviderEngines engines = whisper();
    private final Map<Language, Line> lines = new HashMap<>();

    /// Starts Whisper.
    public Ear() throws IOException {}

    private static ProviderEngines whisper() throws IOException {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        // Nobody waits for it: on a busy machine it may take as long as it takes.
        tree.putObject("engines")
                .set(
                        "whisper",
                        ((ObjectNode) ConfigTree.defaults().path("engines").path("whisper"))
                                .put("longest-wait", "1m"));
        Section root = Section.root(tree);
        try {
            return root.finish(
                            new WhisperProvider().read(root.section("engines").section("whisper")))
                    .make(new SimpleMeterRegistry());
        } catch (ConfigurationException e) {
            throw new IOException(e.problems().toString(), e);
        }
    }

    /// The words of a sentence, empty when none were heard. Throws when Whisper or its model is missing.
    public String hear(Language language, short[] sentence)
            throws IOException, InterruptedException {
        return lines.computeIfAbsent(language, Line::new).hear(carried(sentence));
    }

    /// What the line leaves of it, with silence around it, as whole frames.
    private static short[] carried(short[] sentence) {
        int frames = Math.ceilDiv(sentence.length, FRAME);
        double[] sound = new double[frames * FRAME + 2 * SILENCE];
        for (int i = 0; i < sentence.length; i++) {
            sound[SILENCE + i] = sentence[i];
        }
        double[] narrow = Band.telephone(sound);
        short[] pcm = new short[narrow.length];
        for (int i = 0; i < pcm.length; i++) {
            short sample =
                    (short) Math.clamp(Math.round(narrow[i]), Short.MIN_VALUE, Short.MAX_VALUE);
            pcm[i] = MuLaw.decode(MuLaw.encode(sample));
        }
        return pcm;
    }

    @Override
    public void close() {
        engines.close();
    }

    /// Whisper, listening to one language.
    private final class Line implements TranscriptListener {
        private final Transcription transcription;
        private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        private long position;

        Line(Language language) {
            transcription =
                    engines.transcriber()
                            .orElseThrow()
                            .open(
                                    new TranscriptionRequest(
                                            language, language, List.of(), Usage.UNMETERED),
                                    this);
        }

        String hear(short[] pcm) throws IOException, InterruptedException {
            transcription.utteranceStarted(position);
            for (int at = 0; at < pcm.length; at += FRAME) {
                transcription.hear(
                        new AudioFrame(
                                Arrays.copyOfRange(pcm, at, at + FRAME),
                                AudioFrame.TELEPHONE_RATE,
                                position));
                position += FRAME;
            }
            transcription.utteranceEnded(position);
            position += SILENCE;
            return switch (answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                case TranscriptEvent.Final words -> words.text();
                case SpeechException failure ->
                        throw new IOException(
                                "Whisper does not hear: " + failure.getMessage(), failure);
                case null -> throw new IOException("Whisper does not answer");
                default -> "";
            };
        }

        @Override
        public void onReady() {}

        @Override
        public void onTranscript(TranscriptEvent event) {
            if (!(event instanceof TranscriptEvent.Partial)) {
                answers.add(event);
            }
        }

        @Override
        public void onFailure(SpeechException failure) {
            answers.add(failure);
        }
    }
}
