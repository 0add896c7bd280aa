package io.sandalphone.speech.text.lexicon;

import io.sandalphone.speech.Language;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The words of one language, by what they do. Of a language without words only the mixed roles have any.
/// Immutable.
public final class Lexicon {
    private static final Map<String, Lexicon> KNOWN =
            known(List.of(English.words(), Spanish.words()));
    private static final Lexicon OTHER = new Lexicon("", words(KNOWN.values()), Map.of(), Map.of());

    private final String language;
    private final Map<Role, Set<String>> words;
    private final Map<Table, Map<String, String>> tables;
    private final Map<String, List<String>> forms;

    private Lexicon(
            String language,
            Map<Role, Set<String>> words,
            Map<Table, Map<String, String>> tables,
            Map<String, List<String>> forms) {
        this.language = language;
        this.words = words;
        this.tables = tables;
        this.forms = forms;
    }

    private static Map<String, Lexicon> known(List<Lexicon> own) {
        Map<Role, Set<String>> mixed = words(own);
        return own.stream()
                .map(
                        lexicon -> {
                            Map<Role, Set<String>> all = new EnumMap<>(lexicon.words);
                            all.putAll(mixed);
                            return new Lexicon(
                                    lexicon.language, all, lexicon.tables, lexicon.forms);
                        })
                .collect(Collectors.toUnmodifiableMap(Lexicon::language, Function.identity()));
    }

    /// The words of the mixed roles, of all languages together.
    private static Map<Role, Set<String>> words(Collection<Lexicon> languages) {
        Map<Role, Set<String>> mixed = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            if (role.mixed()) {
                mixed.put(
                        role,
                        languages.stream()
                                .flatMap(lexicon -> lexicon.all(role).stream())
                                .collect(Collectors.toUnmodifiableSet()));
            }
        }
        return mixed;
    }

    public static Lexicon of(Language language) {
        return KNOWN.getOrDefault(language.base(), OTHER);
    }

    /// Those of which words are known.
    public static Collection<Lexicon> languages() {
        return KNOWN.values();
    }

    /// Whether `word` of any language has a mixed role.
    public static boolean mixed(Role role, String word) {
        return OTHER.has(role, word);
    }

    /// The language's code, without a region.
    public String language() {
        return language;
    }

    /// Whether `word`, in lower case, has that role.
    public boolean has(Role role, String word) {
        return all(role).contains(word);
    }

    private Set<String> all(Role role) {
        return words.getOrDefault(role, Set.of());
    }

    /// What each word of a table stands for.
    public Map<String, String> table(Table table) {
        return tables.getOrDefault(table, Map.of());
    }

    /// As [#table], of those that stand for numbers.
    public Map<String, Integer> numbers(Table table) {
        return table(table).entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> Integer.valueOf(entry.getValue())));
    }

    /// How a unit or a currency is said: one of it, and several; empty where that is not known.
    public List<String> forms(String symbol) {
        return forms.getOrDefault(symbol, List.of());
    }

    /// Takes the words of a language as [English] and [Spanish] write them down.
    static final class Builder {
        private final String language;
        private final Map<Role, Set<String>> words = new EnumMap<>(Role.class);
        private final Map<Table, Map<String, String>> tables = new EnumMap<>(Table.class);
        private final Map<String, List<String>> forms = new HashMap<>();

        Builder(String language) {
            this.language = language;
        }

        /// Words apart by spaces.
        Builder words(Role role, String words) {
            once(this.words.put(role, Set.copyOf(split(words))), role);
            return this;
        }

        /// In each line what its words stand for, a colon, and the words.
        Builder table(Table table, String lines) {
            Map<String, String> values = new HashMap<>();
            for (String line : lines.strip().split("\n", -1)) {
                int colon = line.indexOf(':');
                for (String word : split(line.substring(colon + 1))) {
                    once(values.put(word, line.substring(0, colon)), word);
                }
            }
            once(tables.put(table, Map.copyOf(values)), table);
            return this;
        }

        /// The words that stand for 1, 2, 3 and so on.
        Builder numbered(Table table, String words) {
            Map<String, String> values = new HashMap<>();
            for (String word : split(words)) {
                values.put(word, Integer.toString(values.size() + 1));
            }
            once(tables.put(table, Map.copyOf(values)), table);
            return this;
        }

        /// In each line a symbol, a colon, one of it and several of it.
        Builder forms(String lines) {
            for (String line : lines.strip().split("\n", -1)) {
                int colon = line.indexOf(':');
                forms.put(
                        line.substring(0, colon),
                        List.of(line.substring(colon + 1).strip().split(", ", -1)));
            }
            return this;
        }

        Lexicon build() {
            return new Lexicon(language, words, tables, Map.copyOf(forms));
        }

        private static List<String> split(String words) {
            return List.of(words.strip().split("\\s+", -1));
        }

        private static void once(@Nullable Object before, Object what) {
            if (before != null) {
                throw new IllegalArgumentException(what + " has been said before");
            }
        }
    }
}
