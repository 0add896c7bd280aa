package io.sandalphone.harness.agents;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A voice by whose sound one can tell which words it is: each frame of 20 ms begins with the number of the text and its own
/// number within it, and is noise behind them. Used by one thing at a time, in virtual time.
final class NumberedVoice implements Synthesizer {
    private static final int SAMPLES = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    private final Waiting waiting;
    private final Draws draws;
    private final List<String> texts = new ArrayList<>();
    private boolean fails;

    NumberedVoice(Waiting waiting, Draws draws) {
        this.waiting = waiting;
        this.draws = draws;
    }

    /// Whether it breaks whatever it is asked to say.
    void fail(boolean fails) {
        this.fails = fails;
    }

    @Override
    public String name() {
        return "numbered";
    }

    @Override
    public boolean speaks(Language language) {
        return true;
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        String text = request.text();
        if (text.isBlank()) {
            return;
        }
        waiting.pause(draws.firstByte(text));
        if (fails) {
            throw new SpeechException(Kind.UNREACHABLE, "the voice is not there");
        }
        texts.add(text);
        var number = (short) texts.size();
        int frames = frames(text);
        int piece = draws.delays().speech().pieceMs() / AudioFrame.MILLIS;
        for (int at = 0; at < frames; at += piece) {
            int count = Math.min(piece, frames - at);
            out.accept(sound(number, at, count));
            if (at + count < frames) {
                waiting.pause(
                        Duration.ofNanos(
                                Math.round(
                                        count
                                                * AudioFrame.MILLIS
                                                * 1e6
                                                / draws.delays().speech().timesRealTime())));
            }
        }
    }

    private int frames(String text) {
        return (int)
                Math.ceil(
                        text.length() * draws.delays().speech().characterMs() / AudioFrame.MILLIS);
    }

    private static short[] sound(short number, int from, int count) {
        var pcm = new short[count * SAMPLES];
        for (int i = 0; i < count; i++) {
            var frame = new short[SAMPLES];
            SpokenWords.fill(frame, new SplittableRandom(number * 10_007L + from + i));
            frame[0] = number;
            frame[1] = (short) (from + i);
            System.arraycopy(frame, 0, pcm, i * SAMPLES, SAMPLES);
        }
        return pcm;
    }

    /// The number of the text that `frame` is of, from 1 on; 0 when it is silence.
    static int number(short[] frame) {
        return frame[0];
    }

    /// Which frame of its text it is.
    static int index(short[] frame) {
        return frame[1];
    }

    /// The words of text `number` of which at least half is in the frames `heard`, in their order.
    List<String> words(int number, boolean[] heard) {
        String text = texts.get(number - 1);
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int space = text.indexOf(' ', at);
            int end = space < 0 ? text.length() : space;
            if (end > at && isHeard(at, end, heard)) {
                words.add(text.substring(at, end));
            }
            at = end + 1;
        }
        return words;
    }

    private boolean isHeard(int from, int until, boolean[] heard) {
        int first = frameOf(from);
        int behind = Math.max(first + 1, frameOf(until));
        int count = 0;
        for (int i = first; i < behind; i++) {
            count += i < heard.length && heard[i] ? 1 : 0;
        }
        return 2 * count >= behind - first;
    }

    private int frameOf(int character) {
        return (int) (character * draws.delays().speech().characterMs() / AudioFrame.MILLIS);
    }

    /// How many frames text `number` has.
    int length(int number) {
        return frames(texts.get(number - 1));
    }
}
