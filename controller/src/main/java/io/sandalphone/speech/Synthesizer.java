package io.sandalphone.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Speaks text. Thread-safe; one serves all calls.
public interface Synthesizer extends SpeechPort {
    boolean speaks(Language language);

    /// Speaks what is requested into `out`, as 8 kHz mono 16-bit PCM, handing audio over as it
    /// comes, with the voice that the request names for this engine, else with the one it has for the
    /// language. Blocks until all of it was handed over: call it from a virtual thread. An interrupt
    /// ends it. Blank text costs nothing and gives no sound; a language it does not speak is a wrong
    /// [request][SpeechException.Kind#REQUEST].
    void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException;

    /// What was expected in place of `voice`, as words of a sentence, when it cannot be asked to speak `language` with its
    /// voice of this name; empty when it can, as far as is known without asking anybody. Cheap.
    default Optional<String> insteadOf(String voice, Language language) {
        return Optional.of("none, since " + name() + " has no voices to choose from");
    }

    /// What of `voices` cannot be asked for in `language`, which it speaks. Cheap.
    default List<VoiceChoice.Mistake> mistakes(VoiceChoice voices, Language language) {
        return voices
                .of(name())
                .flatMap(voice -> insteadOf(voice, language))
                .map(expected -> voices.mistake(name(), expected))
                .stream()
                .toList();
    }

    /// Speaks what is requested as one piece, for what is kept. Blocks until all of it is there.
    default short[] whole(SynthesisRequest request) throws SpeechException, InterruptedException {
        List<short[]> pieces = new ArrayList<>();
        synthesize(request, pieces::add);
        var sound = new short[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (short[] piece : pieces) {
            System.arraycopy(piece, 0, sound, at, piece.length);
            at += piece.length;
        }
        return sound;
    }
}
