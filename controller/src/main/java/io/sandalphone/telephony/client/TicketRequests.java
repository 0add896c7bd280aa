package io.sandalphone.telephony.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.web.Answers;
import io.sandalphone.web.RequestBody;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/// Answers `POST /tickets {callId?, from?, to?, language, minutes}`, behind the operator's token, with
/// 201 and `{"callId", "call", "link", "ticket", "expires"}`: what the page and `/client` take, and the id
/// under which operators see the call. Runs on the server's loop.
final class TicketRequests {
    private static final int WEEK_MINUTES = 7 * 24 * 60;

    private static final String EXPECTED_NUMBER =
            "a telephone number: digits, a plus sign before them or not";

    private static final String EXPECTED_STANDBY =
            "the number of a route that rings browsers, or * for any";

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Tickets tickets;
    private final List<Language> languages;
    private final Predicate<String> ringsBrowsers;
    private final Optional<String> origin;
    private final InstantSource clock;
    private final ClientMeters meters;

    /// `ringsBrowsers` says of a number, or of [RouteTable#ANY], whether calls to it ring who stands by. `origin` is where the world reaches us, for links; where it is empty a link names the host that was
    /// asked.
    TicketRequests(
            Tickets tickets,
            List<Language> languages,
            Predicate<String> ringsBrowsers,
            Optional<String> origin,
            InstantSource clock,
            ClientMeters meters) {
        this.tickets = tickets;
        this.languages = List.copyOf(languages);
        this.ringsBrowsers = ringsBrowsers;
        this.origin = origin;
        this.clock = clock;
        this.meters = meters;
    }

    /// Answers with a ticket.
    void issue(RoutingContext context) {
        Ticket ticket;
        try {
            ticket = read(RequestBody.of(context).toString());
        } catch (ConfigurationException mistaken) {
            Answers.send(context, 400, error(mistaken.problems()));
            return;
        }
        meters.tickets().increment();
        String text = tickets.write(ticket);
        Answers.send(
                context,
                201,
                new JsonObject()
                        .put("callId", ticket.callId())
                        .put("call", Lobby.callOf(ticket.callId()))
                        .put("link", home(context.request()) + "/phone#t=" + text)
                        .put("ticket", text)
                        .put("expires", ticket.expires().toString()));
    }

    private String home(HttpServerRequest request) {
        return origin.orElseGet(() -> request.scheme() + "://" + request.authority());
    }

    private Ticket read(String body) throws ConfigurationException {
        ObjectNode defaults =
                JSON.createObjectNode()
                        .put("callId", UUID.randomUUID().toString())
                        .put("from", "none")
                        .put("to", "none")
                        .put("standby", "none");
        Section keys = Section.root(ConfigTree.merge(defaults, object(body)));
        Setting<String> callId =
                keys.check(
                        "callId", keys.text("callId"), "a UUID (RFC 9562)", ClientDoor::isCallId);
        Setting<Language> language =
                keys.check(
                        "language",
                        keys.value("language", Language.EXPECTED, Language::new),
                        "a language of this gateway: "
                                + String.join(", ", languages.stream().map(Language::tag).toList()),
                        wanted -> languages.stream().anyMatch(wanted::sameAs));
        Setting<Integer> minutes = keys.integer("minutes", 1, WEEK_MINUTES);
        Setting<Optional<String>> from = number(keys, "from");
        Setting<Optional<String>> to = number(keys, "to");
        Setting<Optional<String>> named =
                keys.check(
                        "standby",
                        keys.valueOrNone("standby", EXPECTED_STANDBY, TicketRequests::standby),
                        "a ticket without to: who stands by calls nobody",
                        wanted -> wanted.isEmpty() || to.get().isEmpty());
        Setting<Optional<String>> standby =
                keys.check(
                        "standby",
                        named,
                        "a number whose route in the configuration has destination: browser (*"
                                + " where any has): nobody else who stands by is ever rung",
                        wanted -> wanted.map(ringsBrowsers::test).orElse(true));
        return keys.finish(
                keys.make(
                        () ->
                                new Ticket(
                                        Tickets.newId(),
                                        callId.get().toLowerCase(Locale.ROOT),
                                        language.get(),
                                        from.get(),
                                        to.get(),
                                        standby.get(),
                                        clock.instant().plus(Duration.ofMinutes(minutes.get())))));
    }

    private static Setting<Optional<String>> number(Section keys, String key) {
        return keys.valueOrNone(key, EXPECTED_NUMBER, TicketRequests::number);
    }

    private static String number(String text) {
        if (!text.matches("\\+?[0-9]{3,15}")) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static String standby(String text) {
        return text.equals(RouteTable.ANY) ? text : number(text);
    }

    private static ObjectNode object(String body) throws ConfigurationException {
        try {
            JsonNode tree = JSON.readTree(body);
            if (tree instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException _) {
            throw notAnObject("something that is not JSON");
        }
        throw notAnObject("no JSON object");
    }

    private static ConfigurationException notAnObject(String found) {
        return new ConfigurationException(
                List.of(new Problem("the body", found, "a JSON object, each key once")));
    }

    private static JsonObject error(List<Problem> problems) {
        JsonArray details = new JsonArray();
        for (Problem problem : problems) {
            details.add(
                    new JsonObject()
                            // Settings quote what is not lower case.
                            .put("key", problem.key().replace("\"", ""))
                            .put("found", problem.found())
                            .put("expected", problem.expected()));
        }
        return Answers.error("no ticket can be made as described", details);
    }
}
