package io.sandalphone.brain;

import io.sandalphone.brain.Turn.Speaker;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Usage;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a brain is asked: to answer the last turn of a conversation, which is the caller's.
///
/// @param language what is spoken, and to be answered in
/// @param instructions how to answer, as the operator wrote it for the agent; a system prompt. May be blank
/// @param model which of the vendor's models is to answer, as the vendor names it; empty: the one of its settings
/// @param conversation what was said so far, oldest first, the greeting included
/// @param abilities what the brain may [wish][Wish]
/// @param people the names of those whom the caller may be [put through to][Wish.Transfer], the usual one first
/// @param tools what it may use meanwhile
/// @param now what time it is for the agent; empty: it is not to be told
/// @param usage hears what it costs
public record BrainRequest(
        CallFacts call,
        Language language,
        String instructions,
        Optional<String> model,
        List<Turn> conversation,
        Set<Wish.Ability> abilities,
        List<String> people,
        Toolbox tools,
        Optional<ZonedDateTime> now,
        Usage usage) {
    public BrainRequest {
        people = List.copyOf(people);
        conversation = List.copyOf(conversation);
        abilities = Set.copyOf(abilities);
        if (conversation.isEmpty() || conversation.getLast().speaker() != Speaker.CALLER) {
            throw new IllegalArgumentException("the last turn is not the caller's");
        }
    }

    /// Without people, without tools, and without the time.
    public BrainRequest(
            CallFacts call,
            Language language,
            String instructions,
            Optional<String> model,
            List<Turn> conversation,
            Set<Wish.Ability> abilities,
            Usage usage) {
        this(
                call,
                language,
                instructions,
                model,
                conversation,
                abilities,
                List.of(),
                Toolbox.NONE,
                Optional.empty(),
                usage);
    }

    /// The same with these tools.
    public BrainRequest with(Toolbox tools) {
        return new BrainRequest(
                call,
                language,
                instructions,
                model,
                conversation,
                abilities,
                people,
                tools,
                now,
                usage);
    }

    /// What the caller said last.
    public String said() {
        return conversation.getLast().text();
    }

    /// Whether the caller has said nothing before it.
    public boolean first() {
        return conversation.stream().filter(turn -> turn.speaker() == Speaker.CALLER).count() == 1;
    }

    /// Printed without what the operator and the two have said.
    @Override
    public String toString() {
        return "BrainRequest[%s, %s, %d turns]".formatted(call, language, conversation.size());
    }
}
