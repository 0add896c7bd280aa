package io.sandalphone.harness.recorded;

import io.sandalphone.harness.measure.Wav;
import io.sandalphone.speech.Language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A sentence that people say by a recording of Asterisk's, the same speaker in English and in Spanish. The
/// words that stand for it are those of which engines and captions speak.
public enum RecordedSentence {
    HOLD(
            "conf-waitforleader",
            "please hold the line while i look for your file",
            "por favor espere en la línea mientras busco su expediente"),
    SAVED(
            "vm-msgsaved",
            "your message has been saved for the doctor",
            "su mensaje fue guardado para la doctora"),
    RECORD(
            "priv-recordintro",
            "could you tell me your full name and address",
            "me puede dar su nombre completo y su dirección"),
    CHANGED(
            "vm-passchanged",
            "the papers are ready at the front desk",
            "los papeles están listos en la recepción"),
    ENTERING(
            "conf-enteringno",
            "we would like to come before lunch",
            "queremos venir antes de la comida");

    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");

    private final String recording;
    private final String english;
    private final String spanish;

    RecordedSentence(String recording, String english, String spanish) {
        this.recording = recording;
        this.english = english;
        this.spanish = spanish;
    }

    /// English and Spanish are.
    public static boolean spokenIn(Language language) {
        return language.base().equals("en") || language.base().equals("es");
    }

    /// Its words, in lower case and without marks.
    public String text(Language language) {
        return language.base().equals("es") ? spanish : english;
    }

    /// A person says it, at 8 kHz.
    public short[] said(Language language) {
        String speaker = language.base().equals("es") ? "es_MX_f_Allison" : "en_US_f_Allison";
        try {
            return Wav.read(SOUNDS.resolve(speaker).resolve(recording + ".wav")).pcm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The sentences of which `text` holds two words or more that follow each other, in its order.
    static List<RecordedSentence> in(String text, Language language) {
        List<String> words = words(text);
        List<RecordedSentence> found = new ArrayList<>();
        int at = 0;
        while (at < words.size()) {
            RecordedSentence best = HOLD;
            int longest = 0;
            for (RecordedSentence each : values()) {
                int length = common(words.subList(at, words.size()), words(each.text(language)));
                if (length > longest) {
                    longest = length;
                    best = each;
                }
            }
            if (longest >= 2 && (found.isEmpty() || found.getLast() != best)) {
                found.add(best);
            }
            at += Math.max(1, longest);
        }
        return found;
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]++", -1));
    }

    /// How many of the first words of `text` follow each other somewhere in `sentence`.
    private static int common(List<String> text, List<String> sentence) {
        int longest = 0;
        for (int from = 0; from < sentence.size(); from++) {
            int length = 0;
            while (length < text.size()
                    && from + length < sentence.size()
                    && text.get(length).equals(sentence.get(from + length))) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }
}
