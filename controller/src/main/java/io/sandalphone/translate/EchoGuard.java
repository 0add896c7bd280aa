package io.sandalphone.translate;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Knows what was voiced to a listener, and finds it again in what that listener's microphone brings:
/// the echo of a handset or a loudspeaker, which must not be translated back.
///
/// An echo begins while the phrase sounds and is gone a second after it. Its words are the phrase's,
/// in their order, some of them mangled or missing. Who repeats a word on purpose begins when the
/// phrase is over, and is heard; so is who says another number, day or negation. What someone says of their own before, or after, the echo in the same
/// utterance is heard as well, as long as it can be told from mangled words.
///
/// Times are milliseconds of the monotonic clock. Keeps the last [#PHRASES] phrases, up to [#WORDS] words of
/// each. Reads no clock; runs on the call's loop.
final class EchoGuard {
    /// How many phrases back a recognizer may be behind.
    private static final int PHRASES = 8;

    private static final int WORDS = 120;

    /// How long after its end a phrase may still come back.
    private static final long TAIL_MS = 1_000;

    /// How long after the end of a phrase an utterance may begin and still be its echo. Within this
    /// time nobody answers; a word of 0.3 s comes back as late as 0.5 s after it was sent.
    private static final long LATEST_START_MS = 250;

    /// Voice detectors find a beginning this much too early.
    private static final long EARLY_MS = 400;

    /// Fewer words in common happen by chance in a longer utterance.
    private static final int FEWEST_IN_COMMON = 3;

    /// So many words beside an echo are someone's own, whenever they were said.
    private static final int FEWEST_OWN = 3;

    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{N}]++(?:['’-][\\p{L}\\p{N}]++)*+");
    private static final Pattern CLOSING_MARKS = Pattern.compile("^[\\s.,;:!?…)\"”»]++");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}++");

    /// Shorter words are in every sentence.
    private static final int TELLING = 4;

    /// One phrase that sounds, or has sounded.
    static final class Voiced {
        private final String text;
        private final List<String> words;
        private final long start;
        private long end = Long.MAX_VALUE;

        private Voiced(String text, List<String> words, long start) {
            this.text = text;
            this.words = words;
            this.start = start;
        }

        /// The last of it has been heard.
        void ended(long at) {
            end = at;
        }
    }

    private final Deque<Voiced> voiced = new ArrayDeque<>();

    /// The time at `nanos` of the monotonic clock.
    static long millis(long nanos) {
        return Math.floorDiv(nanos, 1_000_000L);
    }

    /// `text` begins to sound to the listener. It counts as sounding until it has
    /// [ended][Voiced#ended].
    Voiced started(String text, long at) {
        var phrase =
                new Voiced(text, words(text).stream().map(Heard::word).limit(WORDS).toList(), at);
        voiced.addLast(phrase);
        if (voiced.size() > PHRASES) {
            voiced.removeFirst();
        }
        return phrase;
    }

    /// What of `text`, heard from the listener's own microphone from `start` to `end`, they said
    /// themselves: all of it as it is, a part, or nothing (empty).
    String own(String text, long start, long end) {
        List<Voiced> sounding = soundingFrom(start, end);
        List<Heard> heard = words(text);
        if (sounding.isEmpty() || heard.isEmpty()) {
            return text;
        }
        List<String> echo = sounding.stream().flatMap(phrase -> phrase.words.stream()).toList();
        List<Heard> compared = heard.subList(0, Math.min(heard.size(), WORDS));
        Stretch stretch = Stretch.of(compared, matches(compared, echo));
        int around = heard.size() - (stretch.end - stretch.start);
        boolean nothingElse = stretch.matches > 0 && around <= stretch.matches / 2;
        if (stretch.matches < FEWEST_IN_COMMON && !nothingElse) {
            return text;
        }
        boolean before = start < sounding.getFirst().start - EARLY_MS;
        boolean after = end > after(sounding.getLast().end, TAIL_MS);
        return own(text, heard, stretch, before, after);
    }

    /// What sounded to the listener so that it may come back between `start` and `end`.
    String sounding(long start, long end) {
        return soundingFrom(start, end).stream()
                .map(phrase -> phrase.text)
                .collect(Collectors.joining(" "));
    }

    private List<Voiced> soundingFrom(long start, long end) {
        return voiced.stream()
                .filter(
                        phrase ->
                                start <= after(phrase.end, LATEST_START_MS) && end >= phrase.start)
                .toList();
    }

    private static String own(
            String text, List<Heard> heard, Stretch echo, boolean before, boolean after) {
        int first = echo.start;
        int behind = heard.size() - echo.end;
        var own = new StringBuilder();
        if (first >= FEWEST_OWN || (before && first > 0)) {
            own.append(text, 0, heard.get(first - 1).end);
        }
        if (behind >= FEWEST_OWN || (after && behind > 0)) {
            String rest = text.substring(heard.get(echo.end - 1).end);
            own.append(own.isEmpty() ? "" : " ")
                    .append(CLOSING_MARKS.matcher(rest).replaceFirst(""));
        }
        return own.toString();
    }

    private static long after(long time, long by) {
        return time == Long.MAX_VALUE ? time : time + by;
    }

    /// A word as it is compared, and where it stands in its text.
    private record Heard(String word, int start, int end) {
        static Heard of(MatchResult match) {
            String plain =
                    Normalizer.normalize(
                            match.group().toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
            return new Heard(ACCENTS.matcher(plain).replaceAll(""), match.start(), match.end());
        }
    }

    private static List<Heard> words(String text) {
        return WORD.matcher(text).results().map(Heard::of).toList();
    }

    /// Which of the heard words are the echo's, in the longest common order.
    private static boolean[] matches(List<Heard> heard, List<String> echo) {
        var longest = new int[heard.size() + 1][echo.size() + 1];
        for (int i = heard.size() - 1; i >= 0; i--) {
            for (int j = echo.size() - 1; j >= 0; j--) {
                longest[i][j] =
                        alike(heard.get(i).word, echo.get(j))
                                ? longest[i + 1][j + 1] + 1
                                : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        var matches = new boolean[heard.size()];
        int j = 0;
        for (int i = 0; i < heard.size(); i++) {
            while (j < echo.size() && longest[i][j] == longest[i][j + 1]) {
                j++;
            }
            if (longest[i][j] > longest[i + 1][j]) {
                matches[i] = true;
                j++;
            }
        }
        return matches;
    }

    /// The same, but for a letter of four or two of seven.
    private static boolean alike(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int slack = length >= 7 ? 2 : length >= 4 ? 1 : 0;
        return one.equals(other)
                || (Math.abs(one.length() - other.length()) <= slack
                        && distance(one, other) <= slack);
    }

    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }

    /// From `start` to before `end`, where the words in common stand closest: the stretch in which
    /// they outnumber the others by most; the longest such.
    private record Stretch(int start, int end, int matches) {
        static Stretch of(List<Heard> heard, boolean[] matches) {
            var best = new Stretch(0, 0, 0);
            int bestLead = 0;
            int start = 0;
            int lead = 0;
            int count = 0;
            for (int i = 0; i < matches.length; i++) {
                if (lead < 0) {
                    start = i;
                    lead = 0;
                    count = 0;
                }
                lead += matches[i] ? 1 : -1;
                count += matches[i] ? 1 : 0;
                boolean telling = heard.get(i).word.length() >= TELLING;
                if (lead > bestLead || (matches[i] && telling && lead == bestLead)) {
                    bestLead = lead;
                    best = new Stretch(start, i + 1, count);
                }
            }
            return best;
        }
    }
}
