package io.sandalphone.speech.http;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.UtteranceRecognizer;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// One speaker, listened to by an [UtteranceService]. Frames come on the call's loop, which nothing here keeps waiting; the service
/// is asked, and the listener told, on a thread of the session's own, one utterance after the other.
///
/// A request that fails is the end of the session: whoever opened it plays the utterance again, here or elsewhere.
final class UtteranceSession implements UtteranceRecognizer {
    /// No service takes more than a minute at a time; utterances end long before.
    private static final int MOST_SAMPLES = 55 * AudioFrame.TELEPHONE_RATE;

    /// Recognizers cut last words short with less behind them: 200 ms.
    private static final int TAIL = AudioFrame.TELEPHONE_RATE / 5;

    /// Who has so many utterances unanswered is too far behind to be of use.
    private static final int MOST_WAITING = 4;

    private final String tariff;
    private final VendorMeters.Hearing meters;
    private final UtteranceService service;
    private final TranscriptionRequest request;
    private final TranscriptListener listener;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("utterances").factory());

    // Of the call's loop alone.
    private short[] sound = new short[AudioFrame.TELEPHONE_RATE];
    private int samples;
    private long start;

    // Guarded by this.
    private int waiting;
    private volatile boolean over;

    /// An utterance that has ended.
    // Sound is an array; nobody compares it by value.
    @SuppressWarnings("ArrayRecordComponent")
    private record Utterance(short[] pcm, long start, long end, long endedNanos) {
        Duration length() {
            return Duration.ofMillis(pcm.length * 1000L / AudioFrame.TELEPHONE_RATE);
        }
    }

    UtteranceSession(
            String tariff,
            VendorMeters.Hearing meters,
            UtteranceService service,
            TranscriptionRequest request,
            TranscriptListener listener) {
        this.tariff = tariff;
        this.meters = meters;
        this.service = service;
        this.request = request;
        this.listener = listener;
    }

    /// To be called once, by whom the session is made.
    void begin() {
        thread.execute(listener::onReady);
    }

    @Override
    public void hear(AudioFrame frame) {
        if (over) {
            return;
        }
        if (samples == 0) {
            start = frame.position();
        }
        int length = frame.pcm().length;
        if (samples + length > MOST_SAMPLES) {
            fail(new SpeechException(Kind.REQUEST, "an utterance of more than 55 s"));
            return;
        }
        if (samples + length > sound.length) {
            sound = Arrays.copyOf(sound, Math.min(MOST_SAMPLES, 2 * sound.length + length));
        }
        System.arraycopy(frame.pcm(), 0, sound, samples, length);
        samples += length;
    }

    @Override
    public void utteranceEnded(long position) {
        // Of the silence by which the end was known little is sent.
        int speech = samples == 0 ? 0 : Math.clamp(position - start + TAIL, 0, samples);
        var utterance =
                new Utterance(
                        Arrays.copyOf(sound, speech),
                        samples == 0 ? position : start,
                        position,
                        System.nanoTime());
        samples = 0;
        synchronized (this) {
            if (over) {
                return;
            }
            if (waiting < MOST_WAITING) {
                waiting++;
                thread.execute(() -> recognize(utterance));
                return;
            }
        }
        fail(new SpeechException(Kind.OVERLOADED, "too many utterances wait for their words"));
    }

    private void recognize(Utterance utterance) {
        if (over) {
            return;
        }
        try {
            UtteranceService.Words words =
                    utterance.pcm().length == 0 ? UtteranceService.Words.of("") : ask(utterance);
            meters.words().record(System.nanoTime() - utterance.endedNanos(), TimeUnit.NANOSECONDS);
            synchronized (this) {
                waiting--;
            }
            if (words.dismissed()) {
                meters.dismissed().increment();
            }
            if (!over) {
                listener.onTranscript(event(utterance, words));
            }
        } catch (SpeechException failure) {
            fail(failure);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// What was sent may have to be paid for, whatever became of it, unless it was not taken.
    private UtteranceService.Words ask(Utterance utterance)
            throws SpeechException, InterruptedException {
        Duration billed = utterance.length();
        try {
            UtteranceService.Words words = service.recognize(utterance.pcm(), request);
            billed = words.billed().orElse(billed);
            return words;
        } catch (SpeechException failure) {
            if (failure.kind() != Kind.TIMEOUT && failure.kind() != Kind.PROVIDER_FAULT) {
                billed = Duration.ZERO;
            }
            throw failure;
        } finally {
            if (billed.isPositive()) {
                request.usage().listened(tariff, billed);
            }
        }
    }

    private static TranscriptEvent event(Utterance utterance, UtteranceService.Words words) {
        String text = words.text().strip();
        // An end before the beginning would be of an utterance that held no speech.
        long end = Math.max(utterance.start(), utterance.end());
        return text.isEmpty()
                ? new TranscriptEvent.Nothing(utterance.start(), end)
                : new TranscriptEvent.Final(
                        text, utterance.start(), end, Optional.empty(), words.confidence());
    }

    /// Nothing more comes of it: the listener is told so by the session's thread, and nothing else any more.
    synchronized void fail(SpeechException failure) {
        if (!over) {
            over = true;
            thread.execute(() -> listener.onFailure(failure));
            thread.shutdown();
        }
    }

    @Override
    public synchronized void close() {
        over = true;
        thread.shutdownNow();
    }
}
