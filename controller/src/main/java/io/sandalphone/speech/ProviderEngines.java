package io.sandalphone.speech;

import java.util.Optional;
import java.util.stream.Stream;

/// The ports one provider brings: as many as it [offers][SpeechProvider#offers]. Closing ends them.
public record ProviderEngines(
        Optional<Transcriber> transcriber,
        Optional<Translator> translator,
        Optional<Synthesizer> synthesizer,
        Optional<DirectInterpreter> direct)
        implements AutoCloseable {
    public static ProviderEngines of(Transcriber transcriber) {
        return new ProviderEngines(
                Optional.of(transcriber), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static ProviderEngines of(Translator translator) {
        return new ProviderEngines(
                Optional.empty(), Optional.of(translator), Optional.empty(), Optional.empty());
    }

    public static ProviderEngines of(Synthesizer synthesizer) {
        return new ProviderEngines(
                Optional.empty(), Optional.empty(), Optional.of(synthesizer), Optional.empty());
    }

    public static ProviderEngines of(
            Transcriber transcriber, Translator translator, Synthesizer synthesizer) {
        return new ProviderEngines(
                Optional.of(transcriber),
                Optional.of(translator),
                Optional.of(synthesizer),
                Optional.empty());
    }

    @Override
    public void close() {
        Stream.of(transcriber, translator, synthesizer, direct)
                .flatMap(Optional::stream)
                .forEach(SpeechPort::close);
    }
}
