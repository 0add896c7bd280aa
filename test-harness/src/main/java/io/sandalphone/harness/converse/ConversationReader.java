package io.sandalphone.harness.converse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.harness.agents.Reached;
import io.sandalphone.speech.Language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a conversation from YAML (controller/docs/conversations.md). All mistakes are told at once: those of YAML with their line,
/// all others with the number of the step, from 1 on: `steps.3.within: found "soon", expected …`.
public final class ConversationReader {
    private final Section file;

    private ConversationReader(Section file) {
        this.file = file;
    }

    /// The conversation of `file`.
    ///
    /// @throws ConfigurationException with every mistake
    public static Conversation read(Path file) throws ConfigurationException {
        return read(ConfigTree.file(file));
    }

    /// The same of a text, which is called `source` in messages.
    public static Conversation read(String source, String text) throws ConfigurationException {
        return read(ConfigTree.yaml(source, text));
    }

    private static Conversation read(ObjectNode tree) throws ConfigurationException {
        numbered(tree, "steps");
        numbered(tree, "model");
        return new ConversationReader(Section.root(tree)).read();
    }

    /// A list of sections as sections that are called by their numbers, since only those are read.
    private static void numbered(ObjectNode tree, String key) {
        if (tree.get(key) instanceof ArrayNode list) {
            ObjectNode sections = JsonNodeFactory.instance.objectNode();
            int number = 0;
            for (JsonNode each : list) {
                number++;
                sections.set(Integer.toString(number), each);
            }
            tree.set(key, sections);
        }
    }

    private Conversation read() throws ConfigurationException {
        Setting<String> title = file.text("title");
        Setting<Conversation.Agent> agent = file.choice("agent", Conversation.Agent.class);
        Setting<Language> language = file.value("language", Language.EXPECTED, Language::new);
        boolean hasBackground = file.raw().has("background");
        Setting<Background> background = hasBackground ? background() : absent();
        Setting<List<Phrase>> never = StepReader.phrases(file, "never", true);
        Setting<List<ModelReply>> model =
                file.raw().has("model")
                        ? new ModelReader(file.section("model", "a list of replies")).read()
                        : file.make(List::of);
        Setting<Reached> person =
                file.raw().has("person")
                        ? file.choice("person", Reached.class)
                        : file.make(() -> Reached.ANSWERS);
        List<Setting<Step>> read = new ArrayList<>();
        Section steps = file.section("steps", "a list of steps");
        List<Section> sections =
                List.copyOf(steps.sections(JsonNodeFactory.instance.objectNode()).values());
        sections.forEach(step -> read.add(new StepReader(step).read()));
        Setting<List<Step>> all = file.make(() -> read.stream().map(Setting::get).toList());
        Setting<Conversation> conversation =
                file.make(
                        () ->
                                new Conversation(
                                        title.get(),
                                        agent.get(),
                                        language.get(),
                                        hasBackground
                                                ? Optional.of(background.get())
                                                : Optional.empty(),
                                        model.get(),
                                        person.get(),
                                        never.get(),
                                        all.get()));
        var _ = steps.make(() -> checked(conversation.get(), sections));
        return file.finish(conversation);
    }

    /// What does not fit together is noted at the steps.
    private static Conversation checked(Conversation conversation, List<Section> sections) {
        if (sections.isEmpty()) {
            throw new IllegalArgumentException("no steps");
        }
        if (conversation.agent() == Conversation.Agent.ECHO_WORDS
                && !conversation.model().isEmpty()) {
            throw new IllegalArgumentException("a model, though echo-words has none");
        }
        if (conversation.agent() == Conversation.Agent.ECHO_WORDS
                && conversation.person() != Reached.ANSWERS) {
            throw new IllegalArgumentException("a person, though echo-words transfers no calls");
        }
        ConversationRules.check(
                conversation,
                (number, mistake) -> {
                    var _ =
                            sections.get(number - 1)
                                    .make(
                                            () -> {
                                                throw new IllegalArgumentException(mistake);
                                            });
                });
        return conversation;
    }

    private Setting<Background> background() {
        Section section = file.section("background");
        Setting<Background.Kind> kind = section.choice("kind", Background.Kind.class);
        Setting<Double> level = section.number("level", -90, -20);
        return section.make(() -> new Background(kind.get(), level.get()));
    }

    /// Nobody asks for it.
    private Setting<Background> absent() {
        return file.make(() -> new Background(Background.Kind.HISS, -90));
    }
}
