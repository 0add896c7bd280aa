package io.sandalphone.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.tools.ToolHosts;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// How one agent talks.
///
/// @param name as routes name it
/// @param language what is spoken with it
/// @param greeting what it says first; empty: the caller speaks first
/// @param brains the brains that answer, by name, in the order in which they are tried
/// @param systemPrompt how they are to answer
/// @param model which model of the vendor's; empty: the usual one
/// @param voices with which voices it speaks
/// @param pause how long a caller is silent who has finished, where nothing but silence tells so
/// @param fillers whether it says a small word where the answer takes more than a second
/// @param longestTurn how long either may speak in one turn
/// @param longestCall after how long it says goodbye
/// @param abilities what it can do beside talking
/// @param callers who may call it
/// @param context what its brain is told of a call
/// @param sentences what it says by itself, where that is not the usual
/// @param transfer whom it may put its callers through to
public record AgentSettings(
        String name,
        Language language,
        Optional<String> greeting,
        List<String> brains,
        String systemPrompt,
        Optional<String> model,
        VoiceChoice voices,
        Duration pause,
        boolean fillers,
        Duration longestTurn,
        Duration longestCall,
        Abilities abilities,
        CallerRules callers,
        CallContext context,
        Map<StockSentences.Kind, String> sentences,
        TransferChoice transfer) {
    private static final String EXPECTED_NAME = "a name of small letters, digits and dashes";

    public AgentSettings {
        brains = List.copyOf(brains);
        sentences = Map.copyOf(sentences);
        if (brains.isEmpty()) {
            throw new IllegalArgumentException("agent " + name + " has no brain");
        }
    }

    /// Reads the section of one agent. `brains` are the names of those there are, `toolDefaults` what each of its tools is laid
    /// over, `hosts` where they may be; `messages` whether there is somewhere for messages to go; `transfer` is what its section
    /// `transfer` came to.
    public static Setting<AgentSettings> read(
            Section section,
            List<String> brains,
            ObjectNode toolDefaults,
            Setting<ToolHosts> hosts,
            Setting<Boolean> messages,
            Setting<TransferChoice> transfer) {
        Setting<String> name =
                section.name(
                        EXPECTED_NAME,
                        key -> {
                            if (!key.matches("[a-z0-9][a-z0-9-]*")) {
                                throw new IllegalArgumentException();
                            }
                        });
        Setting<Language> language = section.value("language", Language.EXPECTED, Language::new);
        Setting<Optional<String>> greeting =
                section.valueOrNone("greeting", "a sentence", Function.identity());
        Setting<List<String>> tried =
                section.check(
                        "brain",
                        section.list(
                                "brain",
                                "one of " + String.join(", ", brains),
                                brain -> {
                                    if (!brains.contains(brain)) {
                                        throw new IllegalArgumentException();
                                    }
                                    return brain;
                                }),
                        "brains in the order in which they are tried, each once",
                        list -> !list.isEmpty() && list.size() == Set.copyOf(list).size());
        Setting<String> systemPrompt = section.prose("system-prompt");
        Setting<Optional<String>> model =
                section.valueOrNone("model", "the name of a model", Function.identity());
        Setting<VoiceChoice> voices = VoiceChoice.read(section, "voice");
        Setting<Duration> pause =
                section.duration("pause", Duration.ofMillis(200), Duration.ofSeconds(5));
        Setting<Boolean> fillers = section.flag("fillers");
        Setting<Duration> longestTurn =
                section.duration("longest-turn", Duration.ofSeconds(5), Duration.ofMinutes(10));
        Setting<Duration> longestCall =
                section.duration("longest-call", Duration.ofSeconds(10), Duration.ofHours(24));
        Setting<Abilities> abilities = Abilities.read(section, toolDefaults, hosts, messages);
        Setting<CallerRules> callers = CallerRules.read(section.section("callers"));
        Setting<CallContext> context = CallContext.read(section);
        Setting<Map<StockSentences.Kind, String>> sentences =
                sentences(section.section("sentences"));
        return section.make(
                () ->
                        new AgentSettings(
                                name.get(),
                                language.get(),
                                greeting.get(),
                                tried.get(),
                                prompt(systemPrompt.get()),
                                model.get(),
                                voices.get(),
                                pause.get(),
                                fillers.get(),
                                longestTurn.get(),
                                longestCall.get(),
                                abilities.get(),
                                callers.get(),
                                context.get(),
                                sentences.get(),
                                transfer.get()));
    }

    private static String prompt(String text) {
        return text.equals("none") ? "" : text;
    }

    /// `agent` as the section of a called number has it talk: what stands there under `language`, `greeting`, `system-prompt`,
    /// `llm-model` and `tts-voice` takes the place of what the agent has. Its voices are those of its language, and speak no other.
    /// `agent` is asked for when the section was read without mistakes.
    public static Setting<AgentSettings> over(Section number, Supplier<AgentSettings> agent) {
        Setting<Optional<Language>> language =
                own(number, "language", key -> number.value(key, Language.EXPECTED, Language::new));
        Setting<Optional<Optional<String>>> greeting =
                own(
                        number,
                        "greeting",
                        key -> number.valueOrNone(key, "a sentence", Function.identity()));
        Setting<Optional<String>> systemPrompt = own(number, "system-prompt", number::prose);
        Setting<Optional<Optional<String>>> model =
                own(
                        number,
                        "llm-model",
                        key -> number.valueOrNone(key, "the name of a model", Function.identity()));
        Setting<Optional<VoiceChoice>> voices =
                own(number, "tts-voice", key -> VoiceChoice.read(number, key));
        return number.make(
                () -> {
                    AgentSettings usual = agent.get();
                    Language spoken = language.get().orElse(usual.language);
                    return new AgentSettings(
                            usual.name,
                            spoken,
                            greeting.get().orElse(usual.greeting),
                            usual.brains,
                            systemPrompt
                                    .get()
                                    .map(AgentSettings::prompt)
                                    .orElse(usual.systemPrompt),
                            model.get().orElse(usual.model),
                            voices.get()
                                    .orElseGet(
                                            () ->
                                                    spoken.sameAs(usual.language)
                                                            ? usual.voices
                                                            : VoiceChoice.USUAL),
                            usual.pause,
                            usual.fillers,
                            usual.longestTurn,
                            usual.longestCall,
                            usual.abilities,
                            usual.callers,
                            usual.context,
                            usual.sentences,
                            usual.transfer);
                });
    }

    /// What stands under `key`, if anything does.
    private static <T> Setting<Optional<T>> own(
            Section number, String key, Function<String, Setting<T>> reader) {
        if (!number.raw().has(key)) {
            return number.make(Optional::empty);
        }
        Setting<T> read = reader.apply(key);
        return number.make(() -> Optional.of(read.get()));
    }

    private static Setting<Map<StockSentences.Kind, String>> sentences(Section section) {
        Map<StockSentences.Kind, Setting<Optional<String>>> read =
                new EnumMap<>(StockSentences.Kind.class);
        for (StockSentences.Kind kind : StockSentences.Kind.values()) {
            String key = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            read.put(kind, section.valueOrNone(key, "a sentence", Function.identity()));
        }
        return section.make(
                () -> {
                    Map<StockSentences.Kind, String> own = new EnumMap<>(StockSentences.Kind.class);
                    read.forEach(
                            (kind, text) -> text.get().ifPresent(found -> own.put(kind, found)));
                    return own;
                });
    }

    /// Printed without what it says and is told.
    @Override
    public String toString() {
        return "AgentSettings[%s, %s, %s]".formatted(name, language, brains);
    }
}
