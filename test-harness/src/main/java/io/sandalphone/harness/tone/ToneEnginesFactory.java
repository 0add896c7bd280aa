package io.sandalphone.harness.tone;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechEnginesFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// Makes the tone engines for a controller, which finds this by the name `tone`. Settings, all
/// optional:
///
/// - `word-ms`: how long each sung word sounds, in milliseconds;
/// - `faults`: a file of [ToneFaults], which may appear, change and disappear while calls run.
public final class ToneEnginesFactory implements SpeechEnginesFactory {
    static final String NAME = "tone";

    private static final Set<String> KEYS = Set.of("word-ms", "faults");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SpeechEngines create(Map<String, String> settings, MeterRegistry meters) {
        for (String key : settings.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown setting " + key + " of the tone engines; they know " + KEYS);
            }
        }
        String word = settings.get("word-ms");
        String faults = settings.get("faults");
        ToneSpeech voice =
                word == null
                        ? ToneSpeech.USUAL
                        : ToneSpeech.USUAL.withWord(Duration.ofMillis(Long.parseLong(word)));
        SpeechEngines engines =
                new SpeechEngines(
                        new ToneTranscriber(), new ToneTranslator(), new ToneSynthesizer(voice));
        return faults == null ? engines : ToneFaults.readFrom(Path.of(faults)).befall(engines);
    }
}
