package io.sandalphone.speech;

import java.util.ArrayList;
import java.util.List;

/// Speaks text. Thread-safe; one serves all calls.
public interface Synthesizer extends SpeechPort {
    boolean speaks(Language language);

    /// Speaks what is requested into `out`, as 8 kHz mono 16-bit PCM, handing audio over as it
    /// comes. Blocks until all of it was handed over: call it from a virtual thread. An interrupt
    /// ends it. Blank text costs nothing and gives no sound; a language it does not speak is a wrong
    /// [request][SpeechException.Kind#REQUEST].
    void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException;

    /// The same as one piece, for what is kept. Blocks until all of it is there.
    default short[] whole(String text, Language language, Usage usage)
            throws SpeechException, InterruptedException {
        List<short[]> pieces = new ArrayList<>();
        synthesize(new SynthesisRequest(text, language, usage), pieces::add);
        var sound = new short[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (short[] piece : pieces) {
            System.arraycopy(piece, 0, sound, at, piece.length);
            at += piece.length;
        }
        return sound;
    }
}
