package io.sandalphone.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What may be voiced of what somebody said: each of their words once and in order, in any spelling
/// in which it was told. Of what must stay whole it may be voiced again whole behind its beginning, where that broke off
/// within a word. Only letters and digits count, without their case.
final class VoicedOnce {
    /// Whether something must be voiced.
    enum Need {
        /// It must be.
        ALL,
        /// Of what follows on each other with this need, so much as there was from the beginning on.
        AS_FAR_AS,
        /// It may be.
        MAYBE
    }

    /// Something that was said.
    ///
    /// @param words each of its words in all the spellings in which it was told, the right one first
    /// @param written how all of it is spelled at the end of the utterance
    /// @param whole whether it must be voiced in one piece
    private record Said(List<List<String>> words, String written, boolean whole, Need need) {}

    private final List<Said> all = new ArrayList<>();

    /// What is said from here on is another utterance.
    void begin() {
        then(List.of(), "", false, Need.MAYBE);
    }

    /// Then this was said.
    void then(List<Set<String>> words, String written, boolean whole, Need need) {
        all.add(
                new Said(
                        words.stream().map(VoicedOnce::bareOnes).toList(),
                        bare(written),
                        whole,
                        need));
    }

    /// What is wrong where just this was voiced, in this order; empty where nothing is.
    Optional<String> wrong(List<String> voiced) {
        return mismatch(voiced, Set.of());
    }

    /// The same, where besides nothing that is whole may be in two pieces.
    Optional<String> wrongOrParted(List<String> voiced) {
        Set<Integer> cuts = new TreeSet<>();
        int length = 0;
        for (String piece : voiced) {
            length += bare(piece).length();
            cuts.add(length);
        }
        return mismatch(voiced, cuts);
    }

    private Optional<String> mismatch(List<String> voiced, Set<Integer> cuts) {
        String text = voiced.stream().map(VoicedOnce::bare).collect(Collectors.joining());
        Set<Integer> reached = Set.of(0);
        for (int i = 0; i < all.size(); i++) {
            Set<Integer> behind = new TreeSet<>();
            int next = i;
            if (all.get(i).need == Need.AS_FAR_AS) {
                Set<Integer> so = reached;
                behind.addAll(so);
                for (; next < all.size() && all.get(next).need == Need.AS_FAR_AS; next++) {
                    so = behind(all.get(next), so, text, cuts);
                    behind.addAll(so);
                }
                next--;
            } else {
                behind.addAll(behind(all.get(i), reached, text, cuts));
                if (all.get(i).need == Need.MAYBE) {
                    behind.addAll(reached);
                }
            }
            if (behind.isEmpty()) {
                return Optional.of(
                        "%s is not voiced behind %s"
                                .formatted(
                                        all.get(i),
                                        reached.stream()
                                                .map(at -> text.substring(0, at))
                                                .toList()));
            }
            reached = behind;
            i = next;
        }
        return reached.contains(text.length())
                ? Optional.empty()
                : Optional.of(
                        "more is voiced than was said: "
                                + text.substring(new TreeSet<>(reached).last()));
    }

    private static Set<Integer> behind(
            Said said, Set<Integer> from, String text, Set<Integer> cuts) {
        Set<Integer> behind = new TreeSet<>();
        Set<Integer> none = said.whole ? cuts : Set.of();
        for (int at : from) {
            behind.addAll(told(said.words, Set.of(at), text, none));
            Set<Integer> begun = new TreeSet<>(Set.of(at));
            if (said.whole) {
                begun.addAll(brokenOff(said.words, at, text));
            }
            for (int begin : begun) {
                int end = begin + said.written.length();
                if (text.startsWith(said.written, begin) && !cut(begin, end, none)) {
                    behind.add(end);
                }
            }
        }
        return behind;
    }

    /// Where what is told of the first of `words` may end within a word.
    private static Set<Integer> brokenOff(List<List<String>> words, int from, String text) {
        Set<Integer> ends = new TreeSet<>();
        for (int last = 0; last < words.size(); last++) {
            List<List<String>> begun = new ArrayList<>(words.subList(0, last));
            begun.add(words.get(last).subList(1, words.get(last).size()));
            ends.addAll(told(begun, Set.of(from), text, Set.of()));
        }
        return ends;
    }

    private static Set<Integer> told(
            List<List<String>> words, Set<Integer> from, String text, Set<Integer> cuts) {
        Set<Integer> reached = new TreeSet<>();
        for (int begin : from) {
            Set<Integer> so = Set.of(begin);
            for (List<String> spellings : words) {
                Set<Integer> next = new TreeSet<>();
                for (int at : so) {
                    for (String spelling : spellings) {
                        if (text.startsWith(spelling, at)) {
                            next.add(at + spelling.length());
                        }
                    }
                }
                so = next;
            }
            so.stream().filter(end -> !cut(begin, end, cuts)).forEach(reached::add);
        }
        return reached;
    }

    private static boolean cut(int begin, int end, Set<Integer> cuts) {
        return cuts.stream().anyMatch(cut -> begin < cut && cut < end);
    }

    private static List<String> bareOnes(Set<String> spellings) {
        return spellings.stream().map(VoicedOnce::bare).toList();
    }

    private static String bare(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
