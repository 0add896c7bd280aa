package io.sandalphone.harness.providers;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.segment.UtteranceListener;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A speaker on the telephone: a frame every 20 ms, silent unless there is something to say, with a
/// voice detector beside, as in a call.
public final class Talker implements UtteranceListener, AutoCloseable {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final short AUDIBLE = 300;

    /// Enough for the voice detector to see the end.
    private static final int PAUSE_FRAMES = 45;

    private final Transcription transcription;
    private final Queue<Sound> sound = new ConcurrentLinkedQueue<>();
    private final List<Long> began = new CopyOnWriteArrayList<>();
    private final UtteranceDetector utterances =
            new UtteranceDetector(
                    UtteranceSettings.TELEPHONE,
                    UtteranceMeters.register(new SimpleMeterRegistry()),
                    this);
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private long position;
    private volatile boolean speaking;

    /// 20 ms to say, after `skipped` frames that nobody receives. The first of an utterance is noted.
    // Sound is megabytes of primitives; nobody compares it by value.
    @SuppressWarnings("ArrayRecordComponent")
    private record Sound(short[] pcm, int skipped, boolean first) {
        static final Sound SILENCE = new Sound(new short[FRAME], 0, false);
    }

    /// Begins to be silent at `position`.
    public Talker(Transcription transcription, long position) {
        this.transcription = transcription;
        this.position = position;
        var _ = loop.scheduleAtFixedRate(this::tick, 0, 20, TimeUnit.MILLISECONDS);
    }

    /// Says `words` as one utterance, once what was to be said before is said.
    public void say(ToneWord... words) {
        say(ToneSpeech.USUAL.render(words));
    }

    /// Says the sound `pcm`, in the same way; what exceeds whole frames is left out.
    public void say(short[] pcm) {
        for (int from = 0; from + FRAME <= pcm.length; from += FRAME) {
            sound.add(new Sound(Arrays.copyOfRange(pcm, from, from + FRAME), 0, from == 0));
        }
        for (int i = 0; i < PAUSE_FRAMES; i++) {
            sound.add(Sound.SILENCE);
        }
    }

    /// After what was to be said before, `frames` of the call's clock pass at once, of which nothing
    /// arrives.
    public void vanish(int frames) {
        sound.add(new Sound(Sound.SILENCE.pcm(), frames, false));
    }

    /// Where the utterances said so far began.
    public List<Long> began() {
        return List.copyOf(began);
    }

    /// Whether the voice detector hears an utterance go on.
    public boolean speaking() {
        return speaking;
    }

    private void tick() {
        Sound next = Objects.requireNonNullElse(sound.poll(), Sound.SILENCE);
        var frame =
                new AudioFrame(
                        next.pcm(),
                        AudioFrame.TELEPHONE_RATE,
                        position + (long) next.skipped() * FRAME);
        if (next.first()) {
            began.add(frame.position());
        }
        position = frame.end();
        utterances.accept(frame, audible(frame.pcm()));
        transcription.hear(frame);
    }

    private static boolean audible(short[] pcm) {
        for (short sample : pcm) {
            if (Math.abs(sample) > AUDIBLE) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void started(long start) {
        speaking = true;
        transcription.utteranceStarted(start);
    }

    @Override
    public void ended(long end) {
        speaking = false;
        transcription.utteranceEnded(end);
    }

    @Override
    public void close() {
        loop.close();
    }
}
