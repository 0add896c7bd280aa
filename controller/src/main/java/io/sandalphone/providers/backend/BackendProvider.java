package io.sandalphone.providers.backend;

import io.sandalphone.brain.BrainProvider;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.time.InstantSource;

/// Brings an operator's own service: `backend` in settings.
public final class BackendProvider implements BrainProvider {
    static final String NAME = "backend";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<BackendSettings> settings = BackendSettings.read(own);
        return own.make(
                () -> {
                    BackendSettings checked = settings.get();
                    return registry ->
                            new BackendBrain(
                                    checked,
                                    BackendMeters.register(registry),
                                    InstantSource.system());
                });
    }
}
