package io.sandalphone.harness.tone;

import io.sandalphone.speech.Language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The words of the tone language, each a pure tone. `W1` to `W8` are said in English, `V1` to `V8` in
/// Spanish, and `W3` means what `V3` means. They are written without digits, which a translator would
/// be made to leave as they are.
///
/// The frequencies are multiples of 50 Hz, so that the tones are orthogonal over every 20 ms,
/// wherever those begin. The set was searched for: among sets of sixteen at least 150 Hz apart and
/// away from DTMF and fax tones it is the one whose members, through mu-law, disturb each other
/// least, alone and in pairs: under [ToneDetector#LEAK_BOUND] at levels up to [ToneSpeech#LOUDEST].
public enum ToneWord {
    W1(650),
    W2(1000),
    W3(1350),
    W4(1700),
    W5(2000),
    W6(2300),
    W7(2650),
    W8(3100),
    V1(800),
    V2(1150),
    V3(1550),
    V4(1850),
    V5(2150),
    V6(2450),
    V7(2850),
    V8(3250);

    /// What the `w` words are said in.
    public static final Language ENGLISH = new Language("en");

    /// What the `v` words are said in.
    public static final Language SPANISH = new Language("es");

    private static final List<ToneWord> ALL = List.of(values());

    private final int frequency;

    ToneWord(int frequency) {
        this.frequency = frequency;
    }

    /// In hertz.
    public int frequency() {
        return frequency;
    }

    /// As recognizers and translators write it: `wcc` for `W3`.
    public String text() {
        char letter = (char) ('a' + name().charAt(1) - '1');
        return name().substring(0, 1).toLowerCase(Locale.ROOT) + letter + letter;
    }

    public Language language() {
        return name().startsWith("W") ? ENGLISH : SPANISH;
    }

    /// The word of the same meaning in the other language.
    public ToneWord translated() {
        return valueOf((language().equals(ENGLISH) ? "V" : "W") + name().substring(1));
    }

    /// The words of `language`, or none when nobody speaks tones in it.
    public static List<ToneWord> of(Language language) {
        return ALL.stream().filter(word -> word.language().sameAs(language)).toList();
    }

    /// Whether tones are spoken in `language`.
    public static boolean spokenIn(Language language) {
        return language.sameAs(ENGLISH) || language.sameAs(SPANISH);
    }

    /// The words of `text`, separated by blanks, whatever capitals and marks a recognizer gave them;
    /// empty when one of them is no tone word.
    public static Optional<List<ToneWord>> parse(String text) {
        List<ToneWord> words = new ArrayList<>();
        for (String written : text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
            String token = written.replaceAll("[.,?!]$", "");
            Optional<ToneWord> word =
                    ALL.stream().filter(each -> each.text().equals(token)).findFirst();
            if (word.isEmpty()) {
                return Optional.empty();
            }
            words.add(word.get());
        }
        return Optional.of(List.copyOf(words));
    }

    /// `words` as one text.
    public static String text(List<ToneWord> words) {
        return String.join(" ", words.stream().map(ToneWord::text).toList());
    }
}
