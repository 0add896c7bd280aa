package io.sandalphone.speech.text.protect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Words whose translation the operator decides.
///
/// @param keep names and words that are the same in every language
/// @param terms words with their translation, each from one language to one other
public record Glossary(List<String> keep, List<Term> terms) {
    public static final Glossary EMPTY = new Glossary(List.of(), List.of());

    /// `say`, when someone says it in `from`, is spoken `as` in `to`. Regions of languages make no
    /// difference.
    public record Term(Language from, Language to, String say, String as) {
        public Term {
            requireWords(say);
            requireWords(as);
            if (from.sameAs(to)) {
                throw new IllegalArgumentException(
                        "a term is translated from " + from + " to itself");
            }
        }
    }

    public Glossary {
        keep = List.copyOf(keep);
        terms = List.copyOf(terms);
        keep.forEach(Glossary::requireWords);
    }

    private static void requireWords(String words) {
        if (words.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new IllegalArgumentException("a glossary entry without letters or digits");
        }
    }

    /// What a recognizer of someone who speaks `language` may expect to hear, each once: first the
    /// names, then the terms of that language, said or answered.
    public List<String> keyTerms(Language language) {
        Set<String> expected = new LinkedHashSet<>(keep);
        for (Term term : terms) {
            if (term.from().sameAs(language)) {
                expected.add(term.say());
            }
            if (term.to().sameAs(language)) {
                expected.add(term.as());
            }
        }
        return List.copyOf(expected);
    }

    /// What is spoken in `to` for each word or name that this glossary knows in `from`.
    Map<String, String> translations(Language from, Language to) {
        Map<String, String> translations = new LinkedHashMap<>();
        keep.forEach(name -> translations.put(name, name));
        terms.stream()
                .filter(term -> term.from().sameAs(from) && term.to().sameAs(to))
                .forEach(term -> translations.put(term.say(), term.as()));
        return translations;
    }

    /// Reads
    ///
    /// ```yaml
    /// keep: ["Acme", "Sandalphone"]
    /// terms:
    ///   en:
    ///     es:
    ///       boiler: caldera
    /// ```
    public static Setting<Glossary> read(Section section) {
        Setting<List<String>> keep = section.list("keep", "a name or word", Glossary::words);
        List<Setting<Term>> terms =
                languages(section.section("terms"))
                        .flatMap(from -> languages(from).flatMap(to -> terms(from, to).stream()))
                        .toList();
        return section.make(
                () -> new Glossary(keep.get(), terms.stream().map(Setting::get).toList()));
    }

    private static Stream<Section> languages(Section section) {
        return section.sections(JsonNodeFactory.instance.objectNode()).values().stream();
    }

    private static List<Setting<Term>> terms(Section from, Section to) {
        Setting<String> said = language(from);
        Setting<String> spoken = language(to);
        List<Setting<Term>> terms = new ArrayList<>();
        to.raw()
                .fieldNames()
                .forEachRemaining(
                        say -> {
                            Setting<String> as = to.value(say, "a translation", Glossary::words);
                            terms.add(
                                    to.make(
                                            () ->
                                                    new Term(
                                                            new Language(said.get()),
                                                            new Language(spoken.get()),
                                                            say,
                                                            as.get())));
                        });
        return terms;
    }

    private static Setting<String> language(Section section) {
        return section.name(
                "a language without region, such as en or es",
                name -> {
                    if (!new Language(name).base().equals(name)) {
                        throw new IllegalArgumentException(name);
                    }
                });
    }

    private static String words(String text) {
        requireWords(text);
        return text.strip();
    }
}
