package io.sandalphone.speech;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The voices that something is to be spoken with, by the names that each engine has for its own. An engine for which none is
/// named speaks with the one that it has for the language.
///
/// @param first one of the engine that is asked first
/// @param byEngine of each engine, by its [name][SpeechPort#name]; these are meant before [#first]
public record VoiceChoice(Optional<String> first, Map<String, String> byEngine) {
    /// Whichever the engines have for the language.
    public static final VoiceChoice USUAL = new VoiceChoice(Optional.empty(), Map.of());

    private static final String EXPECTED = "a voice's name";
    private static final String SHAPE = "[\\p{L}\\p{N}._:/@+ -]{1,100}";

    public VoiceChoice {
        byEngine = Map.copyOf(byEngine);
    }

    /// What cannot be asked for, and what was expected in its place.
    ///
    /// @param engine whose voice it would be; empty of [#first]
    public record Mistake(Optional<String> engine, String voice, String expected) {
        /// The key of what is wrong, where the choice stands under `key`.
        public String under(String key) {
            return engine.map(name -> key + '.' + name).orElse(key);
        }
    }

    /// Reads what stands under `key`: `none`, a name, or a section with a name under each engine.
    public static Setting<VoiceChoice> read(Section section, String key) {
        if (!section.raw().path(key).isObject()) {
            Setting<Optional<String>> first =
                    section.valueOrNone(
                            key, EXPECTED + ", or one for each engine", VoiceChoice::name);
            return section.make(() -> new VoiceChoice(first.get(), Map.of()));
        }
        Section own = section.section(key);
        Map<String, Setting<String>> names = new LinkedHashMap<>();
        own.raw()
                .fieldNames()
                .forEachRemaining(
                        engine ->
                                names.put(engine, own.value(engine, EXPECTED, VoiceChoice::name)));
        return section.make(
                () -> {
                    Map<String, String> byEngine = new LinkedHashMap<>();
                    names.forEach((engine, name) -> byEngine.put(engine, name.get()));
                    return new VoiceChoice(Optional.empty(), byEngine);
                });
    }

    /// A voice's name, checked in its shape.
    ///
    /// @throws IllegalArgumentException when it cannot be one
    public static String name(String text) {
        if (!text.matches(SHAPE)) {
            throw new IllegalArgumentException("not a voice's name");
        }
        return text;
    }

    /// The voice of `engine` when it is the one that is asked.
    public Optional<String> of(String engine) {
        return Optional.ofNullable(byEngine.get(engine)).or(() -> first);
    }

    /// That the voice of `engine` cannot be asked for, which must be there.
    public Mistake mistake(String engine, String expected) {
        return new Mistake(
                Optional.of(engine).filter(byEngine::containsKey),
                of(engine).orElseThrow(),
                expected);
    }

    /// What those are asked for who stand in for the engine that is asked first.
    public VoiceChoice ofUnderstudies() {
        return first.isEmpty() ? this : new VoiceChoice(Optional.empty(), byEngine);
    }
}
