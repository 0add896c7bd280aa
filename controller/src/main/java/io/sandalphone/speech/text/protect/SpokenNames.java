package io.sandalphone.speech.text.protect;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.Measures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the names with which people introduce themselves: "My name is Rose Green", "Habla Will May".
/// A translator would make words of them.
final class SpokenNames {
    /// Phrases behind which one word with a capital is a name, and those behind which it takes two.
    private record Phrases(Pattern sure, Pattern likely) {}

    private static final Pattern TITLE = Pattern.compile("(?:Dr|Dra|Sr|Sra|Mr|Mrs|Ms)\\.?");

    private static final String NAME =
            "\\s++((?:(?:Dr|Dra|Sr|Sra|Mr|Mrs|Ms)\\.?+\\s++)?+"
                    + "\\p{Lu}[\\p{L}'’-]*+(?:\\s++\\p{Lu}[\\p{L}'’-]++)*+)";

    private static final Map<String, Phrases> PHRASES =
            Map.of(
                    "en",
                    new Phrases(
                            phrase("(?i:my name is|my name's|the name is|name is)"),
                            phrase("(?i:this is|i'm|i’m|i am|it's|speaking to|it is)")),
                    "es",
                    new Phrases(
                            phrase("(?i:me llamo|mi nombre es|me dicen|de parte de)"),
                            phrase("(?i:habla|soy|le habla|es)")));

    /// A whole sentence in lower case, as some recognizers write.
    private static final Map<String, Pattern> PLAIN =
            Map.of(
                    "en",
                    Pattern.compile("\\bmy name(?: is|'s) (\\p{Ll}++ \\p{Ll}++)$"),
                    "es",
                    Pattern.compile("\\b(?:me llamo|mi nombre es) (\\p{Ll}++ \\p{Ll}++)$"));

    private SpokenNames() {}

    private static Pattern phrase(String phrase) {
        return Pattern.compile("(?<![\\p{L}])" + phrase + NAME);
    }

    static List<Span> in(String text, Language language) {
        List<Span> names = new ArrayList<>();
        Phrases phrases = PHRASES.get(language.base());
        if (phrases == null) {
            return names;
        }
        find(phrases.sure.matcher(text), 1, language, names);
        find(phrases.likely.matcher(text), 2, language, names);
        Matcher plain = PLAIN.getOrDefault(language.base(), phrases.sure).matcher(text);
        if (text.equals(text.toLowerCase(Locale.ROOT)) && plain.find()) {
            boolean words =
                    List.of(plain.group(1).split(" ", -1)).stream()
                            .anyMatch(word -> Lexicon.mixed(Role.NO_NAME, word));
            if (!words) {
                names.add(name(plain.start(1), plain.end(1), plain.group(1)));
            }
        }
        return names;
    }

    private static void find(Matcher matcher, int fewest, Language language, List<Span> names) {
        Measures measures = Measures.of(language);
        while (matcher.find()) {
            String name = matcher.group(1);
            String[] words = name.split("\\s+", -1);
            boolean titled = words.length > 1 && TITLE.matcher(words[0]).matches();
            boolean known =
                    words.length == 1
                            && (measures.weekdays().containsKey(name.toLowerCase(Locale.ROOT))
                                    || measures.months()
                                            .containsKey(name.toLowerCase(Locale.ROOT)));
            int start = matcher.start(1) + (titled ? name.indexOf(words[1]) : 0);
            boolean of = name.endsWith("'s") || name.endsWith("’s");
            Span span =
                    name(
                            start,
                            matcher.end(1) - (of ? 2 : 0),
                            name.substring(start - matcher.start(1), name.length() - (of ? 2 : 0)));
            if (words.length >= fewest && !known && names.stream().noneMatch(span::overlaps)) {
                names.add(span);
            }
        }
    }

    private static Span name(int start, int end, String written) {
        return new Span(start, end, new Span.Kind.Name(Protected.Type.NAME, written));
    }
}
