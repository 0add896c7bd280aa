package io.sandalphone.translate;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What each party of an interpreted call is told at its beginning, if anything. `texts` are by language tag.
public record AnnouncementSettings(boolean spoken, Map<String, String> texts) {
    /// Nobody is told anything.
    public static final AnnouncementSettings NONE = new AnnouncementSettings(false, Map.of());

    private static final int LONGEST = 300;

    // What settings that have no value say, and nobody means to be heard.
    private static final String NOTHING = "none";

    private static final String EXPECTED =
            "a sentence or two, at most "
                    + LONGEST
                    + " characters, by a language tag (BCP 47) written as en or es-MX are";

    public AnnouncementSettings {
        texts = Map.copyOf(texts);
        texts.keySet().forEach(Language::new);
    }

    /// Reads the section `announcement`.
    public static Setting<AnnouncementSettings> read(Section section) {
        Setting<Boolean> spoken = section.flag("spoken");
        Section texts = section.section("texts");
        Map<String, Setting<String>> read = new LinkedHashMap<>();
        texts.raw()
                .fieldNames()
                .forEachRemaining(
                        language ->
                                read.put(
                                        language,
                                        texts.value(
                                                language, EXPECTED, text -> text(language, text))));
        return section.make(
                () -> {
                    Map<String, String> told = new LinkedHashMap<>();
                    read.forEach((language, text) -> told.put(language, text.get()));
                    return new AnnouncementSettings(spoken.get(), told);
                });
    }

    private static String text(String language, String text) {
        if (!isWrittenAsUsual(new Language(language))
                || text.length() > LONGEST
                || text.equals(NOTHING)
                || text.codePoints().noneMatch(Character::isLetter)) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    /// Else `EN` would stand beside the text of `en`, and never be said.
    private static boolean isWrittenAsUsual(Language language) {
        return Locale.forLanguageTag(language.tag()).toLanguageTag().equals(language.tag());
    }

    /// What somebody who speaks `language` is told: the text of just that language, or of its kind (`es` for
    /// `es-MX`).
    public Optional<String> text(Language language) {
        return Optional.ofNullable(texts.get(language.tag()))
                .or(() -> Optional.ofNullable(texts.get(language.base())));
    }
}
