package io.sandalphone.speech;

import java.util.List;

/// The three engines that interpretation runs on.
public record SpeechEngines(Transcriber transcriber, Translator translator, Synthesizer synthesizer)
        implements AutoCloseable {
    /// All three, in the order in which sound meets them.
    public List<SpeechPort> ports() {
        return List.of(transcriber, translator, synthesizer);
    }

    /// Whether what is said in `from` can be spoken in `to`.
    public boolean interpret(Language from, Language to) {
        return transcriber.understands(from)
                && translator.translates(from, to)
                && synthesizer.speaks(to);
    }

    @Override
    public void close() {
        ports().forEach(SpeechPort::close);
    }
}
