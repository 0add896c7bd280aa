package io.sandalphone.translate;

import io.sandalphone.bus.SpeechTrack;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.speech.text.admission.SpokenLanguage;
import io.sandalphone.speech.text.aloud.ReadAloud;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What one text becomes in another language: its translation, then the sound of that. It can be begun before anybody
/// knows whether the text will be committed: it has no place among what is spoken, nobody hears any of it before it is
/// [released][#release], and it can be cancelled at any time. Runs on the call's loop.
final class Rendition {
    /// Hears how it goes; called in the order of these methods, and not any more after [#failed] or [#cancel].
    interface Listener {
        void translated(String text);

        /// Of its sound another piece is there, held back or not: 8 kHz mono PCM of this many samples.
        void voiced(int samples);

        /// All of its sound is there.
        void completed();

        /// It came to nothing.
        void failed(Throwable failure);
    }

    /// Whether anything of a translation is worth speaking.
    enum Worth {
        SPOKEN,
        /// There are no words in it.
        BLANK,
        /// It is what was said: the listener has heard it.
        UNCHANGED
    }

    private final InterpreterDependencies dependencies;
    private final Loop loop;
    private final TranslationRequest request;
    private final RenditionTimes times = new RenditionTimes();

    /// What waits to be released.
    private final List<short[]> held = new ArrayList<>();

    private @Nullable Listener listener;
    private @Nullable Consumer<short[]> out;
    private @Nullable String translation;
    private @Nullable Throwable failure;
    private Loop.Timer work = () -> {};
    private boolean wanted;
    private boolean wantedAhead;
    private boolean speaking;
    private int samples;
    private boolean complete;
    private boolean cancelled;

    private Rendition(InterpreterDependencies dependencies, Loop loop, TranslationRequest request) {
        this.dependencies = dependencies;
        this.loop = loop;
        this.request = request;
    }

    /// Begins what `request` says.
    static Rendition begin(
            InterpreterDependencies dependencies, Loop loop, TranslationRequest request) {
        var rendition = new Rendition(dependencies, loop, request);
        rendition.translate();
        return rendition;
    }

    /// The text it is of.
    String said() {
        return request.text();
    }

    /// What is heard of a translation that is there.
    Worth worth(String translated) {
        if (translated.isBlank()) {
            return Worth.BLANK;
        }
        return SpokenLanguage.unchanged(request.text(), translated)
                ? Worth.UNCHANGED
                : Worth.SPOKEN;
    }

    /// Its sound is wanted, as soon as its translation is there. One that is not worth it is not spoken.
    void speak() {
        wanted = true;
        speak(false);
    }

    /// The same, where the voice takes what nobody may want in the end.
    void speakAhead() {
        wantedAhead = true;
        speak(true);
    }

    private void speak(boolean speculative) {
        String text = translation;
        if (text != null
                && !speaking
                && !cancelled
                && worth(text) == Worth.SPOKEN
                && !(speculative && !dependencies.engines().synthesizer().takesSpeculation())) {
            speaking = true;
            times.synthesisAsked = loop.nanoTime();
            work =
                    loop.offload(
                            () -> {
                                synthesize(text, speculative);
                                return text;
                            },
                            _ -> complete(),
                            this::failed);
        }
    }

    /// When what happened to it.
    RenditionTimes times() {
        return times;
    }

    /// Whether its sound has been asked for.
    boolean speaking() {
        return speaking;
    }

    /// Whether it came to nothing.
    boolean failed() {
        return failure != null;
    }

    /// From now on `told` hears how it goes, and at once how it has gone so far.
    void tell(Listener told) {
        listener = told;
        if (translation != null) {
            told.translated(translation);
        }
        if (samples > 0 && !cancelled) {
            told.voiced(samples);
        }
        if (complete && !cancelled) {
            told.completed();
        }
        if (failure != null && !cancelled) {
            told.failed(failure);
        }
    }

    /// Its sound goes to `to`: at once what is there, then each piece as it comes.
    void release(Consumer<short[]> to) {
        out = to;
        held.forEach(to);
        held.clear();
    }

    /// No more of it is wanted.
    void cancel() {
        cancelled = true;
        work.cancel();
        held.clear();
    }

    private void translate() {
        times.translationAsked = loop.nanoTime();
        work =
                loop.offload(
                        () -> dependencies.engines().translator().translate(request),
                        this::translated,
                        this::failed);
    }

    private void translated(String text) {
        times.translated = loop.nanoTime();
        translation = text;
        if (listener != null) {
            listener.translated(text);
        }
        if (wanted || wantedAhead) {
            speak(!wanted);
        }
    }

    /// On a thread of its own. Reading it in words takes milliseconds when it is first done, in which
    /// the sound of every call on the loop would wait.
    private void synthesize(String text, boolean speculative)
            throws SpeechException, InterruptedException {
        Language to = request.to();
        dependencies
                .engines()
                .synthesizer()
                .synthesize(
                        new SynthesisRequest(
                                ReadAloud.inWords(text, to),
                                to,
                                VoiceChoice.USUAL,
                                request.usage(),
                                speculative),
                        pcm -> loop.execute(() -> append(pcm)));
    }

    private void append(short[] pcm) {
        if (cancelled || complete) {
            return;
        }
        if (times.firstByte == null) {
            times.firstByte = loop.nanoTime();
        }
        samples += pcm.length;
        if (out == null) {
            held.add(pcm);
        } else {
            out.accept(pcm);
        }
        if (listener != null && !cancelled) {
            listener.voiced(pcm.length);
        }
        if (samples >= SpeechTrack.LONGEST_PHRASE_SAMPLES && !cancelled && !complete) {
            dependencies.meters().capped().increment();
            work.cancel();
            complete();
        }
    }

    private void complete() {
        complete = true;
        if (listener != null) {
            listener.completed();
        }
    }

    private void failed(Throwable why) {
        failure = why;
        if (listener != null) {
            listener.failed(why);
        }
    }
}
