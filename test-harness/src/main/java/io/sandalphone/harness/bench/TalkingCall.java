package io.sandalphone.harness.bench;

import io.sandalphone.harness.fakes.Trace;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.Usage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// One speaker, half of the time talking: eight utterances a minute of twelve tone words (3.84 s) each,
/// every frame heard on the call's event loop as in a real call, and every utterance translated and
/// spoken, as far as that is used just now. Recognition and translation do not wait for each other, so
/// that each can be measured alone.
///
/// Runs on its loop; what is said is translated and spoken on a virtual thread for each utterance.
final class TalkingCall {
    private static final int WORDS = 12;
    private static final short[] SPEECH = ToneSpeech.USUAL.render(sentence(0));
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final int SPEECH_FRAMES = SPEECH.length / FRAME;
    private static final int TURN_FRAMES = 60 * 1000 / AudioFrame.MILLIS / 8;

    /// How long after the last of it the voice detector says that speech is over.
    private static final int HANGOVER_FRAMES = 7;

    private static final short[] SILENCE = new short[FRAME];

    /// Every text is another one, as between people: no cache helps.
    private static final AtomicLong TEXTS = new AtomicLong();

    private final Context loop;
    private final int number;
    private final int framesPerChunk;
    private final Trace trace;
    private final Consumer<String> failures;
    private int turnFrame;
    private long frames;

    /// Whether the transcription knows that an utterance began.
    private boolean inUtterance;

    private Use use = Use.NOTHING;

    /// What a call uses.
    ///
    /// @param session how what the transcription gets is noted
    record Use(
            String session,
            Optional<Transcription> transcription,
            Optional<Translator> translator,
            Optional<Synthesizer> synthesizer) {
        static final Use NOTHING =
                new Use("", Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// @param calls how many there are: their turns are spread evenly
    /// @param framesPerChunk how many frames the recognizer's client sends at a time
    /// @param trace where it notes what goes into the clients, and what comes out
    /// @param failures gets what fails
    TalkingCall(
            Context loop,
            int number,
            int calls,
            int framesPerChunk,
            Trace trace,
            Consumer<String> failures) {
        this.loop = loop;
        this.number = number;
        this.framesPerChunk = framesPerChunk;
        this.trace = trace;
        this.failures = failures;
        turnFrame = number * TURN_FRAMES / calls;
    }

    /// Begins to talk.
    void start(Vertx vertx) {
        loop.runOnContext(
                _ ->
                        vertx.setPeriodic(
                                1 + number % AudioFrame.MILLIS, AudioFrame.MILLIS, _ -> say()));
    }

    /// From the next frame on it uses this; a transcription is new.
    void use(Use next) {
        loop.runOnContext(
                _ -> {
                    frames = 0;
                    inUtterance = false;
                    use = next;
                });
    }

    private void say() {
        long position = frames * FRAME;
        frames++;
        short[] pcm =
                turnFrame < SPEECH_FRAMES
                        ? Arrays.copyOfRange(SPEECH, turnFrame * FRAME, (turnFrame + 1) * FRAME)
                        : SILENCE;
        var frame = new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
        use.transcription().ifPresent(transcription -> hear(transcription, frame));
        if (turnFrame == SPEECH_FRAMES + HANGOVER_FRAMES) {
            Use interpreters = use;
            long text = TEXTS.incrementAndGet();
            Thread.startVirtualThread(() -> interpret(text, interpreters));
        }
        turnFrame = (turnFrame + 1) % TURN_FRAMES;
    }

    private void hear(Transcription transcription, AudioFrame frame) {
        if (turnFrame == 0) {
            inUtterance = true;
            transcription.utteranceStarted(frame.position());
        } else if (inUtterance && turnFrame == SPEECH_FRAMES + HANGOVER_FRAMES) {
            inUtterance = false;
            transcription.utteranceEnded(frame.position() - (long) HANGOVER_FRAMES * FRAME);
        }
        if (frames % framesPerChunk == 0) {
            trace.note("chunk", use.session(), frames / framesPerChunk - 1);
        }
        transcription.hear(frame);
    }

    private void interpret(long number, Use interpreters) {
        try {
            List<ToneWord> words = sentence(number);
            String text = ToneWord.text(words.stream().map(ToneWord::translated).toList());
            if (interpreters.translator().isPresent()) {
                text = translate(ToneWord.text(words), interpreters.translator().get());
            }
            if (interpreters.synthesizer().isPresent()) {
                speak(text, interpreters.synthesizer().get());
            }
        } catch (SpeechException e) {
            failures.accept(e.kind() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts it", e);
        }
    }

    private String translate(String text, Translator translator)
            throws SpeechException, InterruptedException {
        trace.note("translate", text, 0);
        String translated =
                translator.translate(
                        new TranslationRequest(
                                text,
                                ToneWord.ENGLISH,
                                ToneWord.SPANISH,
                                List.of(),
                                Usage.UNMETERED));
        trace.note("translated", text, 0);
        return translated;
    }

    private void speak(String text, Synthesizer synthesizer)
            throws SpeechException, InterruptedException {
        trace.note("synthesize", text, 0);
        var spoken = new AtomicLong();
        synthesizer.synthesize(
                new SynthesisRequest(text, ToneWord.SPANISH, Usage.UNMETERED),
                pcm -> trace.note("spoken", text, spoken.addAndGet(pcm.length)));
    }

    /// The words that write `number`.
    private static List<ToneWord> sentence(long number) {
        List<ToneWord> digits = ToneWord.of(ToneWord.ENGLISH);
        List<ToneWord> words = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            words.add(digits.get((int) ((number >> (3 * i)) & 7)));
        }
        return words;
    }
}
