package io.sandalphone.providers.whisper;

import io.sandalphone.config.OperatorCommands;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.models.Manifest;
import io.sandalphone.models.ModelFile;
import io.sandalphone.models.ModelFolder;

import java.nio.file.Path;
import java.time.Duration;

/// How Whisper runs.
///
/// @param folder where models are
/// @param model which of them is loaded
/// @param threads the most processors it uses
/// @param longestWait how long the words of a finished utterance may take; one that would take longer is
///     refused
/// @param partials how many processors may be at work on utterances that go on, 0 for none
/// @param recognizeTimeout how long the worker may say nothing while an utterance waits for its words
public record WhisperSettings(
        ModelFolder folder,
        ModelFile model,
        int threads,
        Duration longestWait,
        double partials,
        Duration recognizeTimeout) {
    /// Reads them from their section, `engines.whisper`; the models are in `folder`.
    static Setting<WhisperSettings> read(Section own, Setting<Path> folder) {
        Setting<ModelFile> model =
                own.value(
                        "model",
                        "a model that " + OperatorCommands.named("models") + " list names",
                        Manifest.bundled()::model);
        Setting<Integer> threads = own.integer("threads", 1, 16);
        Setting<Duration> longestWait =
                own.duration("longest-wait", Duration.ofMillis(500), Duration.ofMinutes(1));
        Setting<Double> partials = own.number("partials", 0, 16);
        Setting<Duration> timeout =
                own.duration("recognize-timeout", Duration.ofMillis(100), Duration.ofMinutes(5));
        return own.make(
                () ->
                        new WhisperSettings(
                                new ModelFolder(folder.get()),
                                model.get(),
                                threads.get(),
                                longestWait.get(),
                                partials.get(),
                                timeout.get()));
    }
}
