package io.sandalphone.harness.demo;

import io.sandalphone.harness.controller.ControllerSettings;

import java.util.List;
import java.util.Optional;

/// Nothing at all: the embedded engines are part of the controller. Behind Whisper stands PocketSphinx, as in
/// production.
record EmbeddedServices(Providers providers) implements Services {
    @Override
    public ControllerSettings settings() {
        ControllerSettings settings = ControllerSettings.offline();
        return providers == Providers.LITE
                ? settings.engine("offline", "voices", "[espeak-ng]")
                : settings.speech("transcriber", providers.transcriber(), "offline");
    }

    @Override
    public List<String> jvmOptions() {
        return List.of();
    }

    @Override
    public Optional<CallOutcome.Sessions> sessions() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
