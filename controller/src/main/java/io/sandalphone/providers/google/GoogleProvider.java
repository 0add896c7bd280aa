package io.sandalphone.providers.google;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.http.VendorMeters;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Brings Google Cloud's Translation, Speech-to-Text and Text-to-Speech: `google` in settings.
public final class GoogleProvider implements SpeechProvider {
    /// The name of its ports.
    static final String NAME = "google";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.of(Capability.TRANSCRIBER, Capability.TRANSLATOR, Capability.SYNTHESIZER);
    }

    @Override
    public Set<String> plans() {
        Stream<String> translated =
                Stream.of(
                                GoogleSettings.Model.NMT,
                                GoogleSettings.Model.LLM,
                                new GoogleSettings.Model("of-your-own"))
                        .map(model -> model.tariff().substring(NAME.length() + 1));
        return Stream.of(
                        translated,
                        Stream.of(GoogleTranscriber.PLAN, GoogleSynthesizer.PLAN),
                        GoogleSynthesizer.FAMILIES.stream())
                .flatMap(plans -> plans)
                .collect(Collectors.toSet());
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<GoogleSettings> settings = GoogleSettings.read(own);
        return own.make(
                () -> {
                    GoogleSettings checked = settings.get();
                    return registry -> make(checked, registry);
                });
    }

    private static ProviderEngines make(GoogleSettings settings, MeterRegistry registry) {
        GoogleSpeechSettings speech = settings.speech();
        var meters = GoogleMeters.register(registry);
        var vendors = VendorMeters.register(registry);
        return ProviderEngines.of(
                new GoogleTranscriber(
                        speech.hearing(),
                        rest(settings, speech.hearing().endpoint(), meters),
                        vendors),
                new GoogleTranslator(settings, meters),
                new GoogleSynthesizer(
                        speech.speaking(),
                        rest(settings, speech.speaking().endpoint(), meters),
                        vendors));
    }

    private static GoogleRest rest(GoogleSettings settings, URI endpoint, GoogleMeters meters) {
        return new GoogleRest(settings.edition(), endpoint, meters);
    }
}
