package io.sandalphone.speech.segment;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.TranscriptEvent.Word;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides where words that will not change any more end a clause which can be translated by itself.
///
/// A clause ends at the end of a sentence; at a comma, before a conjunction or at a pause, once it has enough words;
/// where one was committed just before, wherever nothing leans on anything, once it is long enough; and at the best place there is
/// when it becomes too long. It never ends in what must stay whole, behind a word that leans
/// on the next one, nor behind a number, which may go on, unless more than a pause says that it does not. The last word is
/// held back until another one shows what is between them, its mark ends the sentence, or the speaker has paused behind
/// it. That other one need not have settled, where nothing it may turn out to be would lean on what is before it.
/// Immutable.
public final class ClausePolicy {
    private static final Pattern SENTENCE_END = Pattern.compile(".*[.?!…]+[\"'”’)]*");
    private static final Pattern COMMA = Pattern.compile(".*[,;:–—]");
    private static final Pattern MARKS =
            Pattern.compile("^[^\\p{L}\\p{N}$€£#@]+|[^\\p{L}\\p{N}%]+$");

    /// How many words before a number may say that it is told by its digits.
    private static final int NOUN = 4;

    private final ClauseRules rules;
    private final Cuts cuts;

    public ClausePolicy(ClauseRules rules, Cuts cuts) {
        this.rules = rules;
        this.cuts = cuts;
    }

    /// How many of the words of `open`, the first ones, are a clause; empty while none is known to have ended.
    public OptionalInt clause(OpenWords open) {
        List<Word> words = open.certain();
        for (int cut = 1; cut <= words.size(); cut++) {
            if (ends(words, cut, open.followed()) && whole(words, cut)) {
                return OptionalInt.of(cut);
            }
        }
        if (open.paused()) {
            return OptionalInt.empty();
        }
        if (endsBeforeNewest(open)) {
            return OptionalInt.of(words.size());
        }
        return !words.isEmpty() && reaches(words, rules.most()) ? best(words) : OptionalInt.empty();
    }

    /// How many milliseconds nobody must have spoken behind `words` for them to be a clause; empty where they plainly go on. A
    /// number waits for half a pause more, and for a whole one where it is likely to go on, as does what is being spelled.
    public OptionalInt endsAfter(List<Word> words) {
        String last = plain(words.getLast().text());
        boolean leans = rules.neverAfter().contains(last);
        if (leans && !rules.mayEnd().contains(last)) {
            return OptionalInt.empty();
        }
        int pause = rules.endPauseMillis();
        if (numeric(last)) {
            return OptionalInt.of(mayGrow(words) ? 2 * pause : 3 * pause / 2);
        }
        return OptionalInt.of(leans && numericBefore(words) ? 2 * pause : pause);
    }

    /// Whether all of `words` are a clause, behind which the speaker has been silent for `millis`.
    public boolean endsAtPause(List<Word> words, int millis) {
        if (millis < rules.endPauseMillis()) {
            // Asked with each frame of a pause.
            return false;
        }
        OptionalInt after = endsAfter(words);
        return after.isPresent() && millis >= after.getAsInt();
    }

    /// Whether the number, month or letter that `words` end with is likely to go on: as a greater number, as a date, or with more
    /// digits or letters.
    private boolean mayGrow(List<Word> words) {
        String last = plain(words.getLast().text());
        return !number(last)
                || rules.growingNumbers().contains(last)
                || numericBefore(words)
                || words.subList(Math.max(0, words.size() - 1 - NOUN), words.size() - 1).stream()
                        .anyMatch(word -> rules.digitNouns().contains(plain(word.text())));
    }

    private boolean numericBefore(List<Word> words) {
        return words.size() > 1 && numeric(plain(words.get(words.size() - 2).text()));
    }

    /// Whether a silence of so many milliseconds behind words is a pause.
    boolean pauses(int millis) {
        return millis >= rules.pauseMillis();
    }

    private boolean ends(List<Word> words, int cut, boolean followed) {
        String before = words.get(cut - 1).text();
        if (endsSentence(before)) {
            return true;
        }
        if (cut == words.size() || leans(words, cut)) {
            return false;
        }
        boolean conjunction = rules.conjunctions().contains(plain(words.get(cut).text()));
        if (number(before)) {
            return cut >= rules.conjunctionWords()
                    && conjunction
                    && !rules.numberJoints().contains(plain(words.get(cut).text()));
        }
        return (cut >= rules.commaWords() && COMMA.matcher(before).matches())
                || (cut >= rules.conjunctionWords() && conjunction)
                || (cut >= rules.pauseWords() && gap(words, cut) >= rules.pauseMillis())
                || (followed
                        && cut >= rules.commaWords()
                        && reaches(words.subList(0, cut), rules.enough()));
    }

    /// Whether what is certain of `open` is a clause whatever the word behind it turns out to be.
    private boolean endsBeforeNewest(OpenWords open) {
        int cut = open.settled();
        if (cut == 0 || cut == open.words().size()) {
            return false;
        }
        List<Word> words = open.words().subList(0, cut + 1);
        return !numeric(plain(words.get(cut - 1).text()))
                && !mayLean(plain(words.get(cut).text()))
                && ends(words, cut, open.followed())
                && whole(words, cut);
    }

    /// Whether a word that begins with `begun` may belong to what is before it.
    private boolean mayLean(String begun) {
        return Stream.concat(rules.neverBefore().stream(), rules.addressWords().stream())
                .anyMatch(word -> word.startsWith(begun));
    }

    private boolean endsSentence(String word) {
        return SENTENCE_END.matcher(word).matches()
                && !rules.abbreviations().contains(plain(word))
                // "3." may go on with what is behind the point.
                && !hasDigit(word);
    }

    /// Whether the word before the cut leans on the one after it, or that one on it.
    private boolean leans(List<Word> words, int cut) {
        String before = plain(words.get(cut - 1).text());
        String after = plain(words.get(cut).text());
        return rules.neverAfter().contains(before)
                || rules.neverBefore().contains(after)
                || (letter(before) && letter(after))
                || (rules.months().contains(before) && number(after));
    }

    private static boolean letter(String plain) {
        return !plain.isEmpty()
                && Character.charCount(plain.codePointAt(0)) == plain.length()
                && Character.isLetter(plain.codePointAt(0));
    }

    /// Whether `plain` may be part of a number, a date or of what is spelled.
    private boolean numeric(String plain) {
        return number(plain) || letter(plain) || rules.months().contains(plain);
    }

    /// Whether the cut may part a number, a date, an address or what is spelled.
    private boolean parts(List<Word> words, int cut) {
        String before = plain(words.get(cut - 1).text());
        String after = plain(words.get(cut).text());
        return numeric(before)
                || (leans(words, cut) && numeric(after))
                || rules.addressWords().contains(before)
                || rules.addressWords().contains(after);
    }

    /// Whether `word` is a word of a number, or holds a digit.
    boolean number(String word) {
        return hasDigit(word) || rules.numbers().contains(plain(word));
    }

    private boolean whole(List<Word> words, int cut) {
        return cut == words.size()
                || cuts.allowed(text(words), text(words.subList(0, cut)).length());
    }

    private static boolean reaches(List<Word> words, ClauseRules.Length length) {
        return text(words).length() >= length.characters()
                || millis(words.getLast().end() - words.getFirst().start()) >= length.millis();
    }

    /// Where there is the longest silence, of two the later: first where nothing leans on anything and there are enough
    /// words before, then however few there are, then where at least everything stays whole. Whatever is one piece from the
    /// first word to the last waits.
    private OptionalInt best(List<Word> words) {
        return Stream.<Supplier<OptionalInt>>of(
                        () -> best(words, rules.pauseWords(), cut -> free(words, cut)),
                        () -> best(words, 1, cut -> free(words, cut)),
                        () -> best(words, 1, cut -> !parts(words, cut)))
                .map(Supplier::get)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElseGet(OptionalInt::empty);
    }

    private OptionalInt best(List<Word> words, int from, IntPredicate allowed) {
        int best = 0;
        for (int cut = from; cut < words.size(); cut++) {
            if (allowed.test(cut)
                    && (best == 0 || gap(words, cut) >= gap(words, best))
                    && whole(words, cut)) {
                best = cut;
            }
        }
        return best == 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private boolean free(List<Word> words, int cut) {
        return !leans(words, cut) && !number(words.get(cut - 1).text());
    }

    private static long gap(List<Word> words, int cut) {
        return millis(words.get(cut).start() - words.get(cut - 1).end());
    }

    private static long millis(long samples) {
        return samples * 1000 / AudioFrame.TELEPHONE_RATE;
    }

    /// A word without the marks around it, in lower case.
    static String plain(String word) {
        if (bare(word)) {
            return word.toLowerCase(Locale.ROOT);
        }
        return MARKS.matcher(word).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /// Whether there are no marks around a word. Words are asked about by the frame.
    private static boolean bare(String word) {
        return !word.isEmpty()
                && Character.isLetter(word.charAt(0))
                && Character.isLetter(word.charAt(word.length() - 1));
    }

    static boolean hasDigit(String word) {
        return word.codePoints().anyMatch(ClausePolicy::isNumber);
    }

    /// Whether it is a digit of any script, a fraction or another number.
    private static boolean isNumber(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
                    true;
            default -> false;
        };
    }

    static String text(List<Word> words) {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }
}
