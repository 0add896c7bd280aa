package io.sandalphone.harness.demo;

import io.sandalphone.harness.measure.SoundFile;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.harness.voices.WholeSpeech;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.telephony.Party;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What one phone of the demo says, and the words of it that are known. `spoken` is how many samples have
/// passed at its last word.
// An array, because sound is megabytes of primitives; nobody compares scripts by value.
@SuppressWarnings("ArrayRecordComponent")
public record Script(short[] pcm, List<KnownSpeech> known, int spoken) {
    static final int RATE = 8000;

    /// From the answer to the first word: by then the interpreter listens.
    static final int LEAD = 2 * RATE;

    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");

    /// Long enough to end an utterance, short enough that its translation sounds over the next one.
    private static final int PAUSE = RATE * 11 / 10;

    private record Prompt(String file, String words) {}

    /// Packaged prompts of one human speaker, in an order that makes some sense. Picked among those
    /// that PocketSphinx hears well: over all packaged prompts it mistakes four words in ten.
    private static final List<Prompt> ENGLISH =
            List.of(
                    new Prompt("one-moment-please", "one moment please"),
                    new Prompt("vm-dialout", "please wait while I connect your call"),
                    new Prompt("privacy-incorrect", "I'm sorry that number is not valid"),
                    new Prompt(
                            "vm-nobodyavail",
                            "nobody is available to take your call at the moment"),
                    new Prompt("queue-thankyou", "thank you for your patience"));

    /// The same speaker in Mexican Spanish.
    private static final List<Prompt> SPANISH =
            List.of(
                    new Prompt("please-try-again", "por favor intente de nuevo"),
                    new Prompt(
                            "vm-nobodyavail",
                            "en este momento nadie está libre para responder a su llamada"),
                    new Prompt("vm-tooshort", "su mensaje es muy corto"),
                    new Prompt("queue-thankyou", "muchas gracias por su paciencia"));

    /// What `speaker` says in English or Spanish when nothing else is asked for, from `start` on.
    static Script prompts(Party speaker, Language language, int start) throws IOException {
        return language.equals(Dialogue.ENGLISH)
                ? prompts(speaker, "en_US_f_Allison", ENGLISH, start)
                : prompts(speaker, "es_MX_f_Allison", SPANISH, start);
    }

    private static Script prompts(Party speaker, String voice, List<Prompt> prompts, int start)
            throws IOException {
        List<KnownSpeech> known = new ArrayList<>();
        for (Prompt prompt : prompts) {
            Path file = SOUNDS.resolve(voice).resolve(prompt.file() + ".wav");
            known.add(new KnownSpeech(speaker, prompt.words(), Wav.read(file).pcm()));
        }
        short[] pcm = joined(start, known.stream().map(KnownSpeech::pcm).toList());
        return new Script(pcm, known, pcm.length - PAUSE);
    }

    /// What `wish` asks for: a recording, or any other text, which `synthesizer` speaks, from `start` on. It is
    /// said twice, so that the second time sounds under the translation of the first, and a line of test
    /// tones follows, under which the level of the voice after the last translation can be measured.
    static Script of(
            Party speaker, String wish, Language language, int start, Synthesizer synthesizer)
            throws IOException, SpeechException, InterruptedException {
        boolean recorded = SoundFile.isNamedBy(wish);
        short[] pcm =
                recorded
                        ? SoundFile.read(Path.of(wish))
                        : WholeSpeech.of(synthesizer, wish, language);
        KnownSpeech known = new KnownSpeech(speaker, wish, pcm);
        return new Script(
                joined(start, List.of(pcm, pcm, TestTones.line())),
                recorded ? List.of() : List.of(known, known),
                start + 2 * pcm.length + PAUSE);
    }

    private static short[] joined(int start, List<short[]> sounds) {
        int length = start;
        for (short[] sound : sounds) {
            length += sound.length + PAUSE;
        }
        short[] joined = new short[length];
        int at = start;
        for (short[] sound : sounds) {
            System.arraycopy(sound, 0, joined, at, sound.length);
            at += sound.length + PAUSE;
        }
        return joined;
    }

    long millis() {
        return pcm.length * 1000L / RATE;
    }

    void write(Path file) throws IOException {
        new Wav(pcm, RATE).write(file);
    }
}
