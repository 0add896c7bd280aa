package io.sandalphone.speech;

import java.util.Optional;

/// What interpretation runs on: three engines, and where there are direct ones, those before them.
/// Whoever made them closes them.
public record SpeechEngines(
        Transcriber transcriber,
        Translator translator,
        Synthesizer synthesizer,
        Optional<ReservedInterpreter> direct) {
    /// Whether they can speak in `to` what is said in `from`.
    public boolean interpret(Language from, Language to) {
        return interpretDirectly(from, to) || interpretInWords(from, to);
    }

    /// Whether the direct ones can.
    public boolean interpretDirectly(Language from, Language to) {
        return direct.map(engine -> engine.interprets(from, to)).orElse(false);
    }

    private boolean interpretInWords(Language from, Language to) {
        return transcriber.understands(from)
                && translator.translates(from, to)
                && synthesizer.speaks(to);
    }

    /// Somebody is about to be interpreted: see [SpeechPort#prepare]. Recognizers connect when they begin to listen.
    public void prepare() {
        if (direct.isEmpty()) {
            translator.prepare();
            synthesizer.prepare();
        }
    }

    /// Begins to listen to one speaker through the best there is. Where `listener` gets transcripts,
    /// translator and synthesizer are to do the rest.
    public Transcription listen(
            TranscriptionRequest request, ReservedInterpreter.Listener listener) {
        Language from = request.language();
        Language to = request.other();
        if (!interpretDirectly(from, to)) {
            return transcriber.open(request, listener);
        }
        ReservedInterpreter interpreter = direct.orElseThrow();
        return interpretInWords(from, to)
                ? interpreter.openWithReserve(request, listener)
                : interpreter.open(request, listener);
    }

    /// By whom that is done, in the order in which sound travels.
    public String describe(Language from, Language to) {
        String words =
                "%s > %s > %s".formatted(transcriber.name(), translator.name(), synthesizer.name());
        if (!interpretDirectly(from, to)) {
            return words;
        }
        String name = direct.orElseThrow().name();
        return interpretInWords(from, to) ? "%s, or %s".formatted(name, words) : name;
    }
}
