package io.sandalphone.speech;

/// Speaks text. Thread-safe; one serves all calls.
public interface Synthesizer extends SpeechPort {
    boolean speaks(Language language);

    /// Speaks what is requested into `out`, as 8 kHz mono 16-bit PCM, handing audio over as it
    /// comes. Blocks until all of it was handed over: call it from a virtual thread. An interrupt
    /// ends it. Blank text costs nothing and gives no sound; a language it does not speak is a wrong
    /// [request][SpeechException.Kind#REQUEST].
    void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException;
}
