package org.example.speech;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.UtteranceRecognizer;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One speaker. Frames come on the call's loop, which may not wait; the service is asked, and the listener
/// called, on a thread of the session's own, in order.
final class ExampleSession implements UtteranceRecognizer {
    private final ExampleService service;
    private final TranscriptionRequest request;
    private final TranscriptListener listener;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("example-session").factory());
    private final List<AudioFrame> utterance = new ArrayList<>();
    private volatile boolean over;

    ExampleSession(
            ExampleService service, TranscriptionRequest request, TranscriptListener listener) {
        this.service = service;
        this.request = request;
        this.listener = listener;
    }

    void begin() {
        thread.execute(listener::onReady);
    }

    /// Nothing more comes of it.
    void fail(SpeechException failure) {
        thread.execute(() -> lose(failure));
        thread.shutdown();
    }

    @Override
    public void hear(AudioFrame frame) {
        utterance.add(frame);
    }

    @Override
    public void utteranceEnded(long position) {
        List<AudioFrame> said = List.copyOf(utterance);
        utterance.clear();
        if (!over) {
            thread.execute(() -> recognize(said, position));
        }
    }

    private void recognize(List<AudioFrame> said, long end) {
        long start = said.isEmpty() ? end : said.getFirst().position();
        try {
            String words =
                    service.text(
                                    "/recognize",
                                    "language=" + request.language().base(),
                                    BodyPublishers.ofByteArray(bytes(said)))
                            .strip();
            request.usage()
                    .listened(
                            ExampleProvider.NAME,
                            Duration.ofMillis((end - start) * 1000 / AudioFrame.TELEPHONE_RATE));
            if (!over) {
                listener.onTranscript(
                        words.isEmpty()
                                ? new TranscriptEvent.Nothing(start, end)
                                : new TranscriptEvent.Final(words, start, end, Optional.empty()));
            }
        } catch (SpeechException e) {
            lose(e);
        } catch (InterruptedException _) {
            // Closed meanwhile.
            Thread.currentThread().interrupt();
        }
    }

    private void lose(SpeechException failure) {
        if (!over) {
            over = true;
            listener.onFailure(failure);
        }
    }

    private static byte[] bytes(List<AudioFrame> frames) {
        ByteBuffer bytes =
                ByteBuffer.allocate(frames.stream().mapToInt(frame -> frame.pcm().length * 2).sum())
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (AudioFrame frame : frames) {
            for (short sample : frame.pcm()) {
                bytes.putShort(sample);
            }
        }
        return bytes.array();
    }

    @Override
    public void close() {
        over = true;
        thread.shutdownNow();
    }
}
