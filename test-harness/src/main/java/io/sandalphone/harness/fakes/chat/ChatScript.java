package io.sandalphone.harness.fakes.chat;

import java.util.ArrayList;
import java.util.List;

/// What a model answers to what it is asked.
@FunctionalInterface
public interface ChatScript {
    /// The answer to `request`, whose messages are the whole conversation. Called once for each request that is let in, in the
    /// order in which they come, on the fake's loop; does not block.
    ChatReply reply(ChatRequest request);

    /// Says back what the user said.
    static ChatScript echo() {
        return request -> ChatReply.says(request.said());
    }

    /// The first request gets the first reply, and so on; when there are no more, the last again.
    static ChatScript inOrder(ChatReply... replies) {
        return new InOrder(List.of(replies));
    }

    /// By what the last message says: the first rule that fits. See [Rules#when].
    static Rules otherwise(ChatReply reply) {
        return new Rules(List.of(), reply);
    }

    /// Replies by what was said last.
    final class Rules implements ChatScript {
        private final List<Rule> rules;
        private final ChatReply otherwise;

        private record Rule(boolean tool, String words, ChatReply reply) {}

        private Rules(List<Rule> rules, ChatReply otherwise) {
            this.rules = List.copyOf(rules);
            this.otherwise = otherwise;
        }

        /// `reply` when the user's last message contains `words`, one after another, in capitals or not, with accents or
        /// without.
        public Rules when(String words, ChatReply reply) {
            return with(new Rule(false, PlainWords.of(words), reply));
        }

        /// `reply` when the last message is a result of `tool`.
        public Rules whenResultOf(String tool, ChatReply reply) {
            return with(new Rule(true, tool, reply));
        }

        private Rules with(Rule rule) {
            List<Rule> more = new ArrayList<>(rules);
            more.add(rule);
            return new Rules(more, otherwise);
        }

        @Override
        public ChatReply reply(ChatRequest request) {
            ChatMessage last = request.last();
            boolean result = last.isFrom("tool");
            String said = PlainWords.of(request.said());
            for (Rule rule : rules) {
                boolean fits =
                        rule.tool == result
                                && (result
                                        ? rule.words.equals(last.tool())
                                        : said.contains(rule.words));
                if (fits) {
                    return rule.reply;
                }
            }
            return otherwise;
        }
    }
}
