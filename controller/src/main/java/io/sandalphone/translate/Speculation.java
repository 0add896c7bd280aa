package io.sandalphone.translate;

import io.sandalphone.speech.segment.Pause;
import io.sandalphone.speech.segment.Utterance;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What one lane has begun ahead: the rendition of the words that will be committed if the speaker, who has paused, says
/// nothing more. If they are committed it is there already, or nearly; if not it is cancelled and counted, and was heard by
/// nobody. What is begun in vain stays within a budget of characters. Runs on the call's loop.
final class Speculation {
    /// How long nobody must have been speaking for it to be a pause: gaps between the sounds of a word are shorter.
    private static final int PAUSE_MILLIS = 60;

    private final SpeculationSettings settings;
    private final SpeculationMeters meters;
    private final Function<Utterance, Optional<String>> admitted;
    private final Renderer renderer;
    private final Budget translation;
    private final Budget synthesis;
    private @Nullable Rendition current;

    /// The words that were considered last.
    private String considered = "";

    /// Begins to render texts.
    interface Renderer {
        /// One that was committed.
        Rendition committed(String text);

        /// One that may never be, or empty where the engines take none such now.
        Optional<Rendition> ahead(String text);
    }

    /// `admitted` says what of words that may still change would be rendered.
    Speculation(
            SpeculationSettings settings,
            SpeculationMeters meters,
            Function<Utterance, Optional<String>> admitted,
            Renderer renderer) {
        this.settings = settings;
        this.meters = meters;
        this.admitted = admitted;
        this.renderer = renderer;
        translation = new Budget(settings.translationBudget());
        synthesis = new Budget(settings.synthesisBudget());
    }

    /// Characters that were sent for what was committed, and in vain.
    private static final class Budget {
        /// What may be sent in vain before anything was committed: a few phrases.
        private static final int FIRST = 120;

        private final double most;
        private long committed;
        private long vain;

        Budget(double most) {
            this.most = most;
        }

        boolean allows(int characters) {
            return vain + characters <= FIRST + (most - 1) * committed;
        }
    }

    /// The speaker is silent for as long as `pause` says, behind the words that are `expected` to be committed next, which
    /// are looked at in a pause only.
    void consider(Pause pause, Supplier<Optional<Utterance>> expected) {
        if (considered.isEmpty() && pause.millis() < PAUSE_MILLIS) {
            return;
        }
        Optional<Utterance> words = expected.get();
        String text = words.map(Utterance::text).orElse("");
        if (text.equals(considered)) {
            return;
        }
        Optional<Utterance> paused =
                words.filter(said -> pause.behind(said.endPosition()) >= PAUSE_MILLIS);
        considered = paused.isPresent() ? text : "";
        paused.flatMap(admitted).ifPresentOrElse(this::expect, this::drop);
    }

    /// `text` would be committed now.
    void expect(String text) {
        if (current != null && sameWords(current.said(), text)) {
            return;
        }
        drop();
        if (settings.enabled() && translation.allows(text.length())) {
            renderer.ahead(text).ifPresent(this::begun);
        }
    }

    private void begun(Rendition ahead) {
        current = ahead;
        if (synthesis.allows(ahead.said().length())) {
            ahead.speakAhead();
        }
    }

    /// Whether the rendition of `text` was begun.
    boolean has(String text) {
        return current != null && !current.failed() && sameWords(current.said(), text);
    }

    /// The rendition of `text`, which has been committed: what was begun ahead where the words held, else one that
    /// begins now.
    Rendition take(String text) {
        translation.committed += text.length();
        synthesis.committed += text.length();
        Rendition ahead = current;
        if (ahead != null && has(text)) {
            current = null;
            meters.used().increment();
            return ahead;
        }
        drop();
        return renderer.committed(text);
    }

    /// Nothing of what was begun will be committed.
    void drop() {
        Rendition ahead = current;
        if (ahead == null) {
            return;
        }
        current = null;
        ahead.cancel();
        int characters = ahead.said().length();
        meters.discarded().increment();
        meters.translatedInVain().increment(characters);
        translation.vain += characters;
        if (ahead.speaking()) {
            meters.voicedInVain().increment(characters);
            synthesis.vain += characters;
        }
    }

    /// Whether two texts are said alike: a full stop behind them and the first letter's case aside. Any other mark may change
    /// what the translator and the voice make of them.
    static boolean sameWords(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String text) {
        String words = text.strip();
        if (words.endsWith(".") && !words.endsWith("..")) {
            words = words.substring(0, words.length() - 1);
        }
        int first = words.isEmpty() ? 0 : Character.charCount(words.codePointAt(0));
        return words.substring(0, first).toLowerCase(Locale.ROOT) + words.substring(first);
    }
}
