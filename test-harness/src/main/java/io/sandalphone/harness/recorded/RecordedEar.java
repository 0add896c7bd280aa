package io.sandalphone.harness.recorded;

import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.measure.Locator;
import io.sandalphone.harness.measure.Span;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Hears the recorded sentences, said by their person or spoken by the embedded voice, in pieces of half a
/// second, however softly: a piece is heard where it is louder than what sounds over it. Immutable.
public final class RecordedEar {
    private static final int PIECE = 4000;

    private final List<Known> known;

    /// Who says a sentence.
    public enum Voice {
        PERSON,
        OURS
    }

    /// One piece of a sentence that is known, with its words.
    // An array, because sound is megabytes of primitives; nobody compares these.
    @SuppressWarnings("ArrayRecordComponent")
    private record Known(
            RecordedSentence sentence,
            Language language,
            Voice voice,
            String words,
            short[] sound) {}

    /// A piece that was heard.
    ///
    /// @param position its first sample
    public record Heard(
            RecordedSentence sentence,
            Language language,
            Voice voice,
            String words,
            int position) {}

    private RecordedEar(List<Known> known) {
        this.known = List.copyOf(known);
    }

    /// Knows what people say in any of `people`, and what our voice says in `ours`. May block.
    public static RecordedEar of(List<Language> people, Language ours)
            throws SpeechException, InterruptedException {
        List<Known> known = new ArrayList<>();
        SpeechGenerator voice = SpeechGenerator.speaking();
        for (RecordedSentence each : RecordedSentence.values()) {
            for (Language language : people) {
                add(each, language, Voice.PERSON, each.said(language), known);
            }
            add(each, ours, Voice.OURS, voice.say(each.text(ours), ours), known);
        }
        return new RecordedEar(known);
    }

    private static void add(
            RecordedSentence sentence,
            Language language,
            Voice voice,
            short[] sound,
            List<Known> known) {
        String[] words = sentence.text(language).split(" ", -1);
        int pieces = Math.max(1, sound.length / PIECE);
        for (int i = 0; i < pieces; i++) {
            String[] of =
                    Arrays.copyOfRange(
                            words, i * words.length / pieces, (i + 1) * words.length / pieces);
            short[] piece =
                    Arrays.copyOfRange(
                            sound, i * sound.length / pieces, (i + 1) * sound.length / pieces);
            known.add(new Known(sentence, language, voice, String.join(" ", of), piece));
        }
    }

    /// The pieces that are heard in `pcm`, in their order.
    public List<Heard> listen(short[] pcm) {
        List<Heard> heard = new ArrayList<>();
        for (Known each : known) {
            Optional<Span> found = Locator.find(each.sound, pcm, 0);
            found.ifPresent(
                    span ->
                            heard.add(
                                    new Heard(
                                            each.sentence,
                                            each.language,
                                            each.voice,
                                            each.words,
                                            span.start())));
        }
        heard.sort(Comparator.comparingInt(Heard::position));
        return List.copyOf(heard);
    }
}
