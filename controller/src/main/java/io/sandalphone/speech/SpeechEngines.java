package io.sandalphone.speech;

import java.util.Optional;

/// What interpretation runs on: three engines, or where there is one, a direct one in their stead.
/// Whoever made them closes them.
public record SpeechEngines(
        Transcriber transcriber,
        Translator translator,
        Synthesizer synthesizer,
        Optional<DirectInterpreter> direct) {
    /// Whether the three can speak in `to` what is said in `from`.
    public boolean interpret(Language from, Language to) {
        return transcriber.understands(from)
                && translator.translates(from, to)
                && synthesizer.speaks(to);
    }

    /// The direct one, when it interprets from `from` to `to`.
    public Optional<DirectInterpreter> direct(Language from, Language to) {
        return direct.filter(engine -> engine.interprets(from, to));
    }
}
