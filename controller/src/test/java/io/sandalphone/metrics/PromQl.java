package io.sandalphone.metrics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a PromQL expression names. It is no parser: that the expression is one is for promtool to say (scripts/alerts).
///
/// @param selectors the metrics it reads
/// @param grouping the labels by which it aggregates or matches
record PromQl(List<Selector> selectors, Set<String> grouping) {
    /// A metric, with what is asked of its labels.
    record Selector(String metric, List<Match> matches) {}

    /// `label="value"` and the like.
    record Match(String label, String operator, String value) {
        /// The values that it names.
        List<String> values() {
            return operator.endsWith("~") ? List.of(value.split("\\|", -1)) : List.of(value);
        }
    }

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^]]*]|[a-zA-Z_:][a-zA-Z0-9_:]*"
                            + "|[0-9.]+[a-z]*|=~|!~|!=|==|>=|<=|[-+*/%^(){}=,<>]|\\S");

    /// Those that stand before `by (…)` or `(…)`.
    private static final Set<String> AGGREGATIONS =
            Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "quantile", "group");

    private static final Set<String> LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

    static PromQl read(String expression) {
        return new Reader(tokens(expression)).read();
    }

    private static List<String> tokens(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private static final class Reader {
        private final List<String> tokens;
        private final List<Selector> selectors = new ArrayList<>();
        private final Set<String> grouping = new LinkedHashSet<>();
        private int next;

        Reader(List<String> tokens) {
            this.tokens = tokens;
        }

        PromQl read() {
            while (next < tokens.size()) {
                String token = take();
                if (LISTS.contains(token)) {
                    labels();
                } else if (token.equals("{")) {
                    throw new IllegalArgumentException("a selector without a metric: " + tokens);
                } else if (token.matches("[a-zA-Z_:].*")
                        && !AGGREGATIONS.contains(token)
                        && !WORDS.contains(token)
                        && !at("(")) {
                    selectors.add(new Selector(token, at("{") ? matches() : List.of()));
                }
            }
            return new PromQl(List.copyOf(selectors), Set.copyOf(grouping));
        }

        private void labels() {
            if (!at("(")) {
                return;
            }
            take();
            for (String label = take(); !label.equals(")"); label = take()) {
                if (!label.equals(",")) {
                    grouping.add(label);
                }
            }
        }

        private List<Match> matches() {
            List<Match> matches = new ArrayList<>();
            take();
            while (!at("}")) {
                String label = take();
                String operator = take();
                String value = take();
                matches.add(new Match(label, operator, value.substring(1, value.length() - 1)));
                if (at(",")) {
                    take();
                }
            }
            take();
            return List.copyOf(matches);
        }

        private boolean at(String token) {
            return next < tokens.size() && tokens.get(next).equals(token);
        }

        private String take() {
            return tokens.get(next++);
        }
    }
}
