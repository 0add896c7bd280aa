package io.sandalphone.speech.text.admission;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.lexicon.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Takes out of what someone said the sounds that mean nothing in another language: hesitations
/// ("um", "eh") and the back-channels by which one shows to be listening ("mm-hm", "ajá").
///
/// Words that answer stay: "yes", "ok", and "uh-uh", which is a no. A sound that is a word as well
/// ("este", "er") goes only where the recognizer's commas or dots set it off. Nothing is taken out of
/// a language without a table. Immutable.
public final class Fillers {
    /// What is left of a text, and how many sounds were taken out. `text` is empty when there were
    /// only such sounds: then there is nothing to voice.
    public record Spoken(String text, int fillers) {}

    /// @param always patterns of sounds that are never a word
    /// @param setOff patterns of sounds that are fillers only where they are set off
    private record Sounds(Pattern always, Pattern setOff) {}

    private static final Map<String, Sounds> SOUNDS =
            Map.of(
                    "en",
                    new Sounds(
                            anyOf(
                                    "u+m+|u+h+m*|a+h+|e+h+m*|h+m+|m{2,}|m+-?h+m+|u+h+-?h+u+h+|a+-?h+a+h?"),
                            anyOf("e+r+m*")),
                    "es",
                    new Sounds(
                            anyOf(
                                    "e+h+m*|a+h+|u+h+|u+m+|h+m+|m{2,}|m+-?h+m+|u+h+-?h+u+h+|a+j[aá]+|a+-?h+[aá]+"),
                            anyOf("este+|e+m+")));
    private static final Sounds NONE = new Sounds(anyOf("(?!)"), anyOf("(?!)"));

    private static final Pattern DOTS = Pattern.compile("…|\\.{2,}+");

    private final Sounds sounds;

    private Fillers(Sounds sounds) {
        this.sounds = sounds;
    }

    private static Pattern anyOf(String sounds) {
        return Pattern.compile(sounds, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /// Those of speakers of `language`.
    public static Fillers of(Language language) {
        return new Fillers(SOUNDS.getOrDefault(language.base(), NONE));
    }

    /// `text` without fillers, and without the commas that set them off.
    public Spoken outOf(String text) {
        var kept = new Kept();
        boolean shouted = text.equals(text.toUpperCase(Locale.ROOT));
        String[] tokens = text.strip().split("\\s+", -1);
        for (int i = 0; i < tokens.length; i++) {
            var word = Word.of(tokens[i]);
            boolean code = !shouted && word.capitals();
            boolean unit =
                    !word.core.isEmpty()
                            && i > 0
                            && Character.isDigit(tokens[i - 1].charAt(tokens[i - 1].length() - 1));
            if (!code && !unit && isFiller(word, kept)) {
                kept.leaveOut(word);
            } else {
                kept.keep(word);
            }
        }
        return kept.fillers == 0 ? new Spoken(text, 0) : kept.spoken();
    }

    private boolean isFiller(Word word, Kept before) {
        if (sounds.always.matcher(word.core).matches()) {
            return true;
        }
        // "uh huh" in two words.
        if (word.core.equalsIgnoreCase("huh") && before.lastLeftOut.equalsIgnoreCase("uh")) {
            return true;
        }
        boolean dots = DOTS.matcher(word.after).lookingAt();
        boolean comma = word.after.startsWith(",");
        // "Este, por favor" points at something.
        boolean points = word.core.toLowerCase(Locale.ROOT).startsWith("est");
        return sounds.setOff.matcher(word.core).matches()
                && (before.broken()
                        ? dots || comma
                        : before.isEmpty() && (dots || (comma && !points)));
    }

    /// A word with the marks around it.
    private record Word(String before, String core, String after) {
        /// Two or more capitals: initials, a flight, a state.
        boolean capitals() {
            return core.length() > 1 && core.chars().allMatch(Character::isUpperCase);
        }

        static Word of(String token) {
            int start = 0;
            int end = token.length();
            while (start < end && !Character.isLetterOrDigit(token.charAt(start))) {
                start++;
            }
            while (end > start && !Character.isLetterOrDigit(token.charAt(end - 1))) {
                end--;
            }
            return new Word(
                    token.substring(0, start), token.substring(start, end), token.substring(end));
        }
    }

    /// What stays, as it is put together.
    private static final class Kept {
        private final List<String> words = new ArrayList<>();
        private String opening = "";
        private String lastLeftOut = "";
        private boolean capital;
        private int fillers;

        boolean isEmpty() {
            return words.isEmpty();
        }

        /// Whether what came before ends in a comma or dots, or was a filler.
        boolean broken() {
            return !lastLeftOut.isEmpty()
                    || (!isEmpty()
                            && (words.getLast().endsWith(",")
                                    || DOTS.matcher(words.getLast()).find()));
        }

        void keep(Word word) {
            String core = capital ? capitalized(word.core) : word.core;
            words.add(opening + word.before + core + word.after);
            opening = "";
            lastLeftOut = "";
            capital = false;
        }

        void leaveOut(Word word) {
            fillers++;
            lastLeftOut = word.core;
            boolean begins =
                    isEmpty()
                            || ".?!".indexOf(words.getLast().charAt(words.getLast().length() - 1))
                                    >= 0;
            capital |= begins && Character.isUpperCase(word.core.charAt(0));
            opening += word.before;
            if (isEmpty()) {
                return;
            }
            String last = words.getLast();
            String end = DOTS.matcher(word.after).replaceAll("").replaceAll("[^.?!]", "");
            boolean comma = last.endsWith(",");
            String bare = comma ? last.substring(0, last.length() - 1) : last;
            // Behind another word the comma may tell "No, one is enough" from "No one is enough".
            boolean needless =
                    !end.isEmpty() || Lexicon.mixed(Role.LEANING, bare.toLowerCase(Locale.ROOT));
            String open = comma && needless ? bare : last;
            boolean ended = open.endsWith(".") || open.endsWith("?") || open.endsWith("!");
            words.set(words.size() - 1, ended ? open : open + end);
        }

        Spoken spoken() {
            return new Spoken(String.join(" ", words), fillers);
        }

        private static String capitalized(String core) {
            return core.isEmpty()
                    ? core
                    : core.substring(0, 1).toUpperCase(Locale.ROOT) + core.substring(1);
        }
    }
}
