package io.sandalphone.telephony.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.call.RouteTable;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Answers `POST /tickets {callId?, from?, to?, language, minutes}`, behind the operator's token, with
/// 201 and `{"callId", "call", "link", "ticket", "expires"}`: what the page and `/client` take, and the id
/// under which operators see the call. Runs on the server's loop.
final class TicketRequests {
    private static final Logger log = LoggerFactory.getLogger(TicketRequests.class);

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
    private final Secret token;
    private final List<Language> languages;
    private final Optional<String> origin;
    private final InstantSource clock;
    private final ClientMeters meters;

    /// `origin` is where the world reaches us, for links; where it is empty a link names the host that was
    /// asked.
    TicketRequests(
            Tickets tickets,
            Secret token,
            List<Language> languages,
            Optional<String> origin,
            InstantSource clock,
            ClientMeters meters) {
        this.tickets = tickets;
        this.token = token;
        this.languages = List.copyOf(languages);
        this.origin = origin;
        this.clock = clock;
        this.meters = meters;
    }

    /// Whether the request shows the operator's token. Answers it where it does not.
    void authorize(RoutingContext context) {
        if (token.isBorneBy(context.request().getHeader("Authorization"))) {
            context.next();
            return;
        }
        meters.unauthorized().increment();
        // The same line as at the operators' interface: filters of fail2ban look for it.
        log.atWarn()
                .addKeyValue("address", context.request().remoteAddress().hostAddress())
                .log("operator refused, no valid token");
        context.response().putHeader("WWW-Authenticate", "Bearer realm=\"sandalphone\"");
        answer(
                context,
                401,
                new JsonObject()
                        .put("error", "the operator's token is needed: Authorization: Bearer …"));
    }

    /// Answers with a ticket.
    void issue(RoutingContext context) {
        Ticket ticket;
        try {
            ticket = read(String.valueOf(context.body().asString()));
        } catch (ConfigurationException mistaken) {
            answer(context, 400, error(mistaken.problems()));
            return;
        }
        meters.tickets().increment();
        String text = tickets.write(ticket);
        answer(
                context,
                201,
                new JsonObject()
                        .put("callId", ticket.callId())
                        .put("call", Lobby.callOf(ticket.callId()))
                        .put("link", home(context.request()) + "/phone#t=" + text)
                        .put("ticket", text)
                        .put("expires", ticket.expires().toString()));
    }

    /// Answers a request whose body could not be read.
    void refuse(RoutingContext context) {
        int status = context.statusCode() > 0 ? context.statusCode() : 500;
        answer(
                context,
                status,
                new JsonObject()
                        .put(
                                "error",
                                status == 413
                                        ? "the body is longer than a ticket needs"
                                        : "the request could not be read"));
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
        Setting<Optional<String>> standby =
                keys.check(
                        "standby",
                        keys.valueOrNone("standby", EXPECTED_STANDBY, TicketRequests::standby),
                        "a ticket without to: who stands by calls nobody",
                        wanted -> wanted.isEmpty() || to.get().isEmpty());
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
        return new JsonObject()
                .put("error", "no ticket can be made as described")
                .put("details", details);
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        var _ =
                context.response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(body.encode() + "\n");
    }
}
