package io.sandalphone.speech.resilience;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider that does one thing after the other, and the last of them ever after.
final class Scripted implements Translator, Synthesizer {
    /// One answer to one call. Sound goes to `out`; a translation is what is returned.
    @FunctionalInterface
    interface Turn {
        String take(PcmSink out) throws SpeechException, InterruptedException;
    }

    private final String name;
    private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private volatile Turn last = _ -> "";
    private volatile boolean able = true;
    private volatile Optional<String> voice = Optional.empty();
    private volatile Optional<String> unavailableReason = Optional.empty();

    Scripted(String name) {
        this.name = name;
    }

    Scripted then(Turn turn) {
        turns.add(turn);
        last = turn;
        return this;
    }

    Scripted times(int times, Turn turn) {
        for (int i = 0; i < times; i++) {
            then(turn);
        }
        return this;
    }

    Scripted unable() {
        able = false;
        return this;
    }

    Scripted ailing(String sentence) {
        unavailableReason = Optional.of(sentence);
        return this;
    }

    static Turn says(String text) {
        return _ -> text;
    }

    static Turn saysAfter(TestTime time, Duration latency, String text) {
        return _ -> {
            time.pass(latency);
            return text;
        };
    }

    static Turn fails(SpeechException.Kind kind) {
        return _ -> {
            throw new SpeechException(kind, "scripted " + kind);
        };
    }

    static Turn hangs(TestTime time) {
        return _ -> {
            time.hang();
            return "";
        };
    }

    /// Gives a piece of one sample for each of `samples`, and then goes on with `after`.
    static Turn sounds(Turn after, int... samples) {
        return out -> {
            for (int sample : samples) {
                out.accept(new short[] {(short) sample});
            }
            return after.take(out);
        };
    }

    int asked() {
        return asked.get();
    }

    int interrupted() {
        return interrupted.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> unavailableReason() {
        return unavailableReason;
    }

    @Override
    public boolean translates(Language from, Language to) {
        return able;
    }

    @Override
    public boolean speaks(Language language) {
        return able;
    }

    /// It has the voice `own` alone.
    @Override
    public Optional<String> insteadOf(String asked, Language language) {
        return asked.equals("own") ? Optional.empty() : Optional.of("own");
    }

    /// The voice it was asked to speak with the last time.
    Optional<String> voice() {
        return voice;
    }

    @Override
    public String translate(TranslationRequest request)
            throws SpeechException, InterruptedException {
        return take(_ -> {});
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        voice = request.voices().of(name);
        take(out);
    }

    private String take(PcmSink out) throws SpeechException, InterruptedException {
        asked.incrementAndGet();
        Turn turn = turns.poll();
        try {
            return (turn == null ? last : turn).take(out);
        } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            throw e;
        }
    }

    @Override
    public void close() {}
}
