package org.example.speech;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Hands sound over as it comes: 8 kHz, 16 bits, lowest byte first.
final class ExampleSynthesizer implements Synthesizer {
    /// 100 ms.
    private static final int PIECE_BYTES = 1600;

    private final ExampleService service;

    ExampleSynthesizer(ExampleService service) {
        this.service = service;
    }

    @Override
    public String name() {
        return ExampleProvider.NAME;
    }

    @Override
    public boolean speaks(Language language) {
        return ExampleService.speaks(language);
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        if (!speaks(request.language())) {
            throw new SpeechException(Kind.REQUEST, "no voice for " + request.language());
        }
        if (request.text().isBlank()) {
            return;
        }
        try (InputStream sound =
                service.stream(
                        "/speak",
                        "language=" + request.language().base(),
                        BodyPublishers.ofString(request.text()))) {
            request.usage().spoken(ExampleProvider.NAME, request.text().length());
            for (byte[] piece = sound.readNBytes(PIECE_BYTES);
                    piece.length > 0;
                    piece = sound.readNBytes(PIECE_BYTES)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                out.accept(pcm(piece));
            }
        } catch (IOException e) {
            throw ExampleService.lost(e);
        }
    }

    private static short[] pcm(byte[] bytes) {
        var pcm = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
        return pcm;
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        return service.check();
    }

    @Override
    public void close() {
        service.close();
    }
}
