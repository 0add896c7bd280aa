package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Section;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `docs/languages.md` says which engine hears, translates and speaks which language, as the engines say themselves.
///
/// After a change, regenerate its table with `SANDALPHONE_WRITE_DOCS=yes mvn -pl controller test -Dtest=LanguagesDocumentTest`.
class LanguagesDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/languages.md");
    private static final String BEGIN = "<!-- engines -->\n";
    private static final String END = "<!-- end -->";

    private static final List<Language> LANGUAGES =
            Stream.of("en", "es", "fr", "de", "pt", "it", "ru", "ar", "ja", "zh", "ko")
                    .map(Language::new)
                    .toList();

    private static final Map<String, String> ENVIRONMENT =
            Map.of("GOOGLE_TRANSLATE_API_KEY", "none-of-ours", "ASSEMBLYAI_API_KEY", "neither");

    @Test
    void the_table_says_what_the_engines_say() throws Exception {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        String table = table();
        if (System.getenv("SANDALPHONE_WRITE_DOCS") != null) {
            Files.writeString(DOCUMENT, text.substring(0, begin) + table + text.substring(end));
        }
        assertEquals(table, Files.readString(DOCUMENT).substring(begin, begin + table.length()));
    }

    private static String table() throws Exception {
        var table = new StringBuilder("| engine |");
        LANGUAGES.forEach(language -> table.append(' ').append(language).append(" |"));
        table.append("\n|---|").append("---|".repeat(LANGUAGES.size())).append('\n');
        for (SpeechProvider provider : Engines.providers()) {
            table.append("| `").append(provider.name()).append("` |");
            try (ProviderEngines engines = make(provider)) {
                for (Language language : LANGUAGES) {
                    table.append(' ').append(does(engines, language)).append(" |");
                }
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String does(ProviderEngines engines, Language language) {
        boolean hears = engines.transcriber().filter(e -> e.understands(language)).isPresent();
        boolean translates =
                LANGUAGES.stream()
                        .anyMatch(
                                other ->
                                        engines.translator()
                                                .filter(e -> e.translates(language, other))
                                                .isPresent());
        boolean speaks = engines.synthesizer().filter(e -> e.speaks(language)).isPresent();
        return Stream.of(
                        hears ? "hears" : "",
                        translates ? "translates" : "",
                        speaks ? "speaks" : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /// With the settings that it has by default.
    private static ProviderEngines make(SpeechProvider provider) throws Exception {
        Section root = Section.root(ConfigTree.defaults(), ENVIRONMENT);
        Section own = root.section("engines").section(provider.name());
        // The rest of the file is nobody's here.
        return provider.read(own).get().make(new SimpleMeterRegistry());
    }
}
