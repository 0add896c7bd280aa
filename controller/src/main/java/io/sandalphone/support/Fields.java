package io.sandalphone.support;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.call.CallState;
import io.sandalphone.call.CallView;
import io.sandalphone.call.Outcome;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.Span;
import io.sandalphone.translate.Stage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fields of a log line that say nothing about people, each with the values that it can have. What is not here stays where it
/// is, and so does a known field with any other value.
final class Fields {
    // Far more than any part of an utterance takes.
    private static final int LONGEST_MILLIS = 600_000;

    private static final Set<String> LANGUAGES =
            Set.copyOf(Arrays.asList(Locale.getISOLanguages()));
    private static final Set<String> COUNTRIES =
            Set.copyOf(Arrays.asList(Locale.getISOCountries()));

    private final Map<String, Predicate<JsonNode>> allowed = new HashMap<>();

    Fields() {
        Predicate<JsonNode> party = word(names(Party.values()));
        Predicate<JsonNode> stage = word(names(Stage.values()));
        allowed.put("state", word(states(CallState.class)));
        allowed.put("direction", word(names(CallView.Direction.values())));
        allowed.put("result", word(names(Outcome.Result.values())));
        allowed.put("reason", word(names(Outcome.Reason.values())));
        for (String whose : Set.of("party", "speaker", "leg", "whose")) {
            allowed.put(whose, party);
        }
        for (String flag : Set.of("audio", "available", "retry", "allowed")) {
            allowed.put(flag, JsonNode::isBoolean);
        }
        allowed.put("stage", stage);
        allowed.put("lacking", value -> value.isArray() && value.valueStream().allMatch(stage));
        allowed.put(
                "outcome",
                word(
                        Set.of(
                                "done",
                                "unknown",
                                "arguments",
                                "too-often",
                                "failed",
                                "late",
                                "too-long",
                                "unreadable")));
        allowed.put("from", Fields::isLanguage);
        allowed.put("to", Fields::isLanguage);
        allowed.put("language", Fields::isLanguage);
        allowed.put("carrier", word(Set.of("asterisk", "twilio", "telnyx", "clients", "http")));
        allowed.put(
                "event",
                word(
                        Set.of(
                                "stasisstart",
                                "stasisend",
                                "channelstatechange",
                                "dial",
                                "channelhanguprequest",
                                "channeldestroyed",
                                "channelhold",
                                "channelunhold")));
        allowed.put("status", Fields::isStatus);
        allowed.put("cause", upTo(127));
        allowed.put("utterance", upTo(99_999));
        allowed.put("attempts", upTo(99));
        allowed.put("clients", upTo(999));
        allowed.put("millis", upTo(LONGEST_MILLIS));
        for (Span span : Span.values()) {
            allowed.put(span.name().toLowerCase(Locale.ROOT) + "_ms", upTo(LONGEST_MILLIS));
        }
    }

    /// Whether the field may be shown with that value.
    boolean allows(String name, JsonNode value) {
        Predicate<JsonNode> values = allowed.get(name);
        return values != null && values.test(value);
    }

    /// In letters of either case, with dashes or underscores.
    private static Predicate<JsonNode> word(Set<String> words) {
        return value -> value.isTextual() && words.contains(plain(value.asText()));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Set<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> plain(constant.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> states(Class<?> type) {
        Set<String> names = new HashSet<>();
        Class<?>[] kinds = type.getPermittedSubclasses();
        if (kinds == null) {
            names.add(type.getSimpleName().toLowerCase(Locale.ROOT));
        } else {
            Stream.of(kinds).forEach(kind -> names.addAll(states(kind)));
        }
        return names;
    }

    private static Predicate<JsonNode> upTo(int most) {
        return value ->
                value.isIntegralNumber()
                        && value.canConvertToInt()
                        && value.asInt() >= 0
                        && value.asInt() <= most;
    }

    /// What a carrier's REST interface answered, or what Asterisk calls a channel's state or what came of dialling.
    private static boolean isStatus(JsonNode value) {
        return upTo(599).test(value) || STATUSES.test(value);
    }

    private static final Predicate<JsonNode> STATUSES =
            word(
                    Set.of(
                            "down",
                            "rsrvd",
                            "offhook",
                            "dialing",
                            "ring",
                            "ringing",
                            "up",
                            "busy",
                            "progress",
                            "proceeding",
                            "answer",
                            "noanswer",
                            "cancel",
                            "congestion",
                            "chanunavail"));

    /// A language that there is, with a country that there is or without one.
    private static boolean isLanguage(JsonNode value) {
        if (!value.isTextual()) {
            return false;
        }
        String[] parts = value.asText().split("-", -1);
        return LANGUAGES.contains(parts[0])
                && (parts.length == 1 || (parts.length == 2 && COUNTRIES.contains(parts[1])));
    }
}
