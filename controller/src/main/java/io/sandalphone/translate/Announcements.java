package io.sandalphone.translate;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.SpeechTrack;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Usage;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What people are told at the beginning of interpreted calls, and the sound of it, which is voiced once and kept: every
/// call tells the same. Thread-safe: one serves all calls.
public final class Announcements {
    private final AnnouncementSettings settings;
    private final AnnouncementMeters meters;
    private final Map<SoundKey, short[]> sounds = new ConcurrentHashMap<>();

    /// By whom a text was voiced.
    private record SoundKey(String voice, String language, String text) {}

    public Announcements(AnnouncementSettings settings, AnnouncementMeters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    /// Nobody is told anything.
    public static Announcements none() {
        return new Announcements(
                AnnouncementSettings.NONE, AnnouncementMeters.register(new SimpleMeterRegistry()));
    }

    boolean wanted() {
        return settings.spoken();
    }

    AnnouncementMeters meters() {
        return meters;
    }

    /// What is to be said to somebody who speaks `language`; nothing where there is no text, or nobody to say it.
    Optional<String> text(Language language, Synthesizer voice) {
        return settings.text(language).filter(_ -> voice.speaks(language));
    }

    /// The sound of `text`: 8 kHz mono PCM, at most a phrase's. Blocks while it is voiced for the first time; that
    /// `usage` pays for.
    short[] sound(Synthesizer voice, String text, Language language, Usage usage)
            throws SpeechException, InterruptedException {
        var key = new SoundKey(voice.name(), language.tag(), text);
        short[] known = sounds.get(key);
        if (known != null) {
            return known;
        }
        short[] whole = voice.whole(new SynthesisRequest(text, language, usage));
        short[] sound =
                Arrays.copyOf(whole, Math.min(whole.length, SpeechTrack.LONGEST_PHRASE_SAMPLES));
        if (sound.length == 0) {
            throw new SpeechException(
                    SpeechException.Kind.PROVIDER_FAULT, "an announcement without a sound");
        }
        sounds.put(key, sound);
        return sound;
    }
}
