package io.sandalphone.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.cost.CostCap;
import io.sandalphone.cost.Costs;
import io.sandalphone.cost.SpendingJson;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.KeySettings;
import io.sandalphone.translate.ListenerWishes;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The records of calls as text: `{"sandalphone_journal": 1, "calls": […]}`. What is written by another
/// version of it is not read: half of a call is worse than none.
final class JournalText {
    private static final String VERSION_KEY = "sandalphone_journal";
    private static final int VERSION = 1;

    // Far more than there can be, and so little that sums stay numbers.
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST_UTTERANCES = 1_000_000;

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private JournalText() {}

    static String write(List<CallRecord> records) {
        ObjectNode json = JSON.createObjectNode().put(VERSION_KEY, VERSION);
        var calls = json.putArray("calls");
        records.forEach(call -> write(call, calls.addObject()));
        return json + "\n";
    }

    private static void write(CallRecord call, ObjectNode json) {
        CallTerms terms = call.terms();
        json.put("id", call.id())
                .put("direction", call.direction().name())
                .put("from", call.from())
                .put("to", call.to())
                .put("since", call.sinceEpochMillis())
                .put("talking_since", call.talkingSinceEpochMillis())
                .put("interpreted", call.interpreted());
        json.putObject("terms")
                .put("caller_language", terms.callerLanguage().tag())
                .put("destination_language", terms.destinationLanguage().tag())
                .put("interpret", terms.interpret())
                .put("relay", terms.relay())
                .put("ring_timeout", terms.ringTimeout().toString())
                .put("max_duration", terms.maxDuration().toString());
        Costs costs = call.costs();
        ObjectNode spent = json.putObject("costs");
        spent.put("currency", costs.currency().getCurrencyCode());
        costs.reached().ifPresent(cap -> spent.put("reached", cap.name()));
        SpendingJson.write(costs.spending(), spent);
        for (Party party : Party.values()) {
            write(call, party, json.putObject(party.name()));
        }
    }

    private static void write(CallRecord call, Party party, ObjectNode json) {
        ListenerWishes wishes = call.wishes().getOrDefault(party, ListenerWishes.NONE);
        LegPlace place = call.leg(party);
        json.put("carrier", place.carrier())
                .put("announced", call.announced().contains(party))
                .put("paused", wishes.paused())
                .put("balance", wishes.balance())
                .put("utterances", call.utterances().getOrDefault(party, 0));
        ObjectNode at = json.putObject("at");
        place.at().forEach(at::put);
    }

    /// A gateway of another version wrote it.
    static final class OtherVersionException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        OtherVersionException() {
            super("a journal of another version");
        }
    }

    /// @throws OtherVersionException when a gateway of another version wrote it
    /// @throws IllegalArgumentException when it is anything else than [#write] makes; the message repeats nothing of it
    static List<CallRecord> read(String text) {
        try {
            return calls(JSON.readTree(text));
        } catch (JsonProcessingException | DateTimeException | IllegalStateException e) {
            // Its message would repeat what stands there, numbers included.
            throw new IllegalArgumentException(e.getClass().getSimpleName());
        }
    }

    private static List<CallRecord> calls(JsonNode json) {
        if (!json.path(VERSION_KEY).isInt()) {
            throw new IllegalArgumentException("no version");
        }
        if (json.path(VERSION_KEY).asInt() != VERSION) {
            throw new OtherVersionException();
        }
        List<CallRecord> calls = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode each : present(json.path("calls").isArray(), json.path("calls"))) {
            CallRecord call = call(each);
            if (!ids.add(call.id())) {
                throw new IllegalArgumentException("a call that stands there twice");
            }
            calls.add(call);
        }
        return calls;
    }

    private static CallRecord call(JsonNode json) {
        Set<Party> announced = EnumSet.noneOf(Party.class);
        Map<Party, ListenerWishes> wishes = new EnumMap<>(Party.class);
        Map<Party, Integer> utterances = new EnumMap<>(Party.class);
        Map<Party, LegPlace> legs = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            JsonNode leg = json.path(party.name());
            if (flag(leg, "announced")) {
                announced.add(party);
            }
            wishes.put(party, new ListenerWishes(flag(leg, "paused"), balance(leg)));
            utterances.put(party, utterances(leg, "utterances"));
            legs.put(party, new LegPlace(text(leg, "carrier"), texts(leg.path("at"))));
        }
        return new CallRecord(
                id(text(json, "id")),
                constant(text(json, "direction"), CallView.Direction.values()),
                text(json, "from"),
                text(json, "to"),
                terms(json.path("terms")),
                whole(json, "since"),
                whole(json, "talking_since"),
                announced,
                wishes,
                utterances,
                utterances(json, "interpreted"),
                costs(json.path("costs")),
                legs);
    }

    private static CallTerms terms(JsonNode json) {
        return new CallTerms(
                new Language(text(json, "caller_language")),
                new Language(text(json, "destination_language")),
                flag(json, "interpret"),
                flag(json, "relay"),
                length(text(json, "ring_timeout")),
                length(text(json, "max_duration")));
    }

    private static Duration length(String text) {
        Duration length = Duration.parse(text);
        if (length.isNegative() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("no length of a call");
        }
        return length;
    }

    private static Costs costs(JsonNode json) {
        return new Costs(
                SpendingJson.read(json),
                Currency.getInstance(text(json, "currency")),
                json.has("reached")
                        ? Optional.of(constant(text(json, "reached"), CostCap.values()))
                        : Optional.empty());
    }

    /// Ids of channels are made of it.
    private static String id(String text) {
        if (!text.matches("[0-9a-z]{1,64}")) {
            throw new IllegalArgumentException("no id of a call");
        }
        return text;
    }

    private static <E extends Enum<E>> E constant(String name, E[] all) {
        return Arrays.stream(all)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such word"));
    }

    private static Map<String, String> texts(JsonNode json) {
        Map<String, String> texts = new HashMap<>();
        json.fieldNames().forEachRemaining(key -> texts.put(key, text(json, key)));
        return texts;
    }

    private static String text(JsonNode json, String key) {
        return value(json, key, JsonNode::isTextual).asText();
    }

    private static boolean flag(JsonNode json, String key) {
        return value(json, key, JsonNode::isBoolean).asBoolean();
    }

    private static double balance(JsonNode leg) {
        return value(
                        leg,
                        "balance",
                        each -> each.isNumber() && Math.abs(each.asDouble()) <= KeySettings.LOUDEST)
                .asDouble();
    }

    private static int utterances(JsonNode json, String key) {
        long number = whole(json, key);
        if (number > MOST_UTTERANCES) {
            throw new IllegalArgumentException("more than anybody says in a call");
        }
        return (int) number;
    }

    private static long whole(JsonNode json, String key) {
        long number =
                value(json, key, each -> each.isIntegralNumber() && each.canConvertToLong())
                        .asLong();
        if (number < 0) {
            throw new IllegalArgumentException("less than nothing");
        }
        return number;
    }

    private static JsonNode value(JsonNode json, String key, Predicate<JsonNode> is) {
        return present(is.test(json.path(key)), json.path(key));
    }

    private static JsonNode present(boolean asItShouldBe, JsonNode json) {
        if (!asItShouldBe) {
            throw new IllegalArgumentException("something is missing");
        }
        return json;
    }
}
