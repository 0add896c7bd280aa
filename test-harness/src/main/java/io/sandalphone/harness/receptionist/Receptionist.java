package io.sandalphone.harness.receptionist;

import io.sandalphone.harness.fakes.chat.ChatMessage;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.PlainWords;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers the telephone of a dentist in English and Spanish: tells opening hours and address, takes a message, puts callers
/// through to a person and says goodbye. It speaks the language in which it is spoken to.
///
/// Of the tools that a request offers it uses the one with `transfer`, the one with `message` and the one with `hang` in its
/// name; where one is missing it does without. All it knows stands in the request: it has no memory, as a model has none.
public final class Receptionist implements ChatScript {
    private static final List<String> SPANISH_WORDS =
            List.of(
                    " el ",
                    " la ",
                    " los ",
                    " un ",
                    " una ",
                    " de ",
                    " que ",
                    " en ",
                    " por ",
                    " quiero ",
                    " quisiera ",
                    " puede ",
                    " con ",
                    " mi ",
                    " si ",
                    " usted ",
                    " su ");

    @Override
    public ChatReply reply(ChatRequest request) {
        Phrases phrases = language(request);
        ChatMessage last = request.last();
        if (last.isFrom("tool")) {
            return afterTool(last, phrases);
        }
        if (request.said().isEmpty()) {
            return ChatReply.says(phrases.greeting);
        }
        boolean spanish = phrases == Phrases.SPANISH;
        String said = PlainWords.of(request.said());
        Optional<Topic> topic =
                Topic.all().stream().filter(each -> each.isToldIn(said, spanish)).findFirst();
        if (isAskedForMessage(request)
                && topic.filter(each -> each == Topic.PERSON || each == Topic.OTHER_RULES)
                        .isEmpty()) {
            return takeMessage(request, phrases);
        }
        return topic.map(each -> about(each, request, phrases))
                .orElseGet(() -> ChatReply.says(phrases.notUnderstood));
    }

    private static ChatReply about(Topic topic, ChatRequest request, Phrases phrases) {
        return switch (topic) {
            case OTHER_RULES -> ChatReply.says(phrases.ownRules);
            case HOURS -> ChatReply.says(phrases.hours);
            case ADDRESS -> ChatReply.says(phrases.address);
            case MESSAGE -> ChatReply.says(phrases.askForMessage);
            case PERSON ->
                    OfferedTool.named(request, "transfer")
                            .map(tool -> using(tool, phrases.transfer, request.said()))
                            .orElseGet(() -> ChatReply.says(phrases.nobody));
            case GOODBYE, NO ->
                    OfferedTool.named(request, "hang")
                            .map(tool -> using(tool, phrases.goodbye, request.said()))
                            .orElseGet(() -> ChatReply.says(phrases.goodbye));
            case THANKS -> ChatReply.says(phrases.welcome);
            case GREETING -> ChatReply.says(phrases.hello);
        };
    }

    private static ChatReply takeMessage(ChatRequest request, Phrases phrases) {
        return OfferedTool.named(request, "message")
                .map(tool -> using(tool, "", request.said()))
                .orElseGet(() -> ChatReply.says(phrases.messageTaken));
    }

    private static ChatReply using(OfferedTool tool, String saying, String text) {
        var call = tool.call(text);
        return ChatReply.says(saying).andCalls(call.name(), call.arguments());
    }

    private static ChatReply afterTool(ChatMessage result, Phrases phrases) {
        boolean failed =
                result.content()
                        .toLowerCase(Locale.ROOT)
                        .matches("(?s).*(error|fail|refus|busy|no answer).*");
        if (result.tool().contains("message")) {
            return ChatReply.says(failed ? phrases.notUnderstood : phrases.messageTaken);
        }
        // Who was put through, or whose call ends, hears nothing more of it.
        return ChatReply.says(failed ? phrases.nobody : "");
    }

    private static boolean isAskedForMessage(ChatRequest request) {
        String answered = request.answered();
        return Stream.of(Phrases.values())
                .anyMatch(
                        phrases ->
                                answered.endsWith(phrases.askForMessage)
                                        || answered.endsWith(phrases.nobody));
    }

    /// That of what was said last, else that of the rest, else that of the instructions.
    private static Phrases language(ChatRequest request) {
        for (ChatMessage message : request.messages().reversed()) {
            if (message.isFrom("user")) {
                String said = PlainWords.of(message.content());
                int spanish = score(said, true);
                int english = score(said, false);
                if (spanish != english) {
                    return spanish > english ? Phrases.SPANISH : Phrases.ENGLISH;
                }
            }
        }
        boolean spanish =
                request.messages().stream()
                        .filter(message -> !message.isFrom("user"))
                        .map(message -> PlainWords.of(message.content()))
                        .anyMatch(
                                text ->
                                        text.contains(" spanish ")
                                                || text.contains(" espanol ")
                                                || SPANISH_WORDS.stream()
                                                                .filter(text::contains)
                                                                .count()
                                                        > 2);
        return spanish ? Phrases.SPANISH : Phrases.ENGLISH;
    }

    private static int score(String plain, boolean spanish) {
        long topics =
                Topic.all().stream()
                        .filter(topic -> topic != Topic.NO && topic.isToldIn(plain, spanish))
                        .count();
        long words = spanish ? SPANISH_WORDS.stream().filter(plain::contains).count() : 0;
        return Math.toIntExact(2 * topics + words);
    }
}
