package io.sandalphone.telephony.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.Secret;
import io.sandalphone.speech.Language;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Writes tickets and reads them again: `PAYLOAD.SIGNATURE`, both base64url without padding, the payload
/// JSON, the signature HMAC-SHA256 (RFC 2104) of the payload as it is written. Nothing is kept of a
/// ticket that was written; of one whose call is over its id is kept until it expires, in memory: a
/// restart forgets it, which is what lets people come back to a call that our crash ended.
///
/// The key is made of the operator's token, so tickets outlive a restart, and die when the token is
/// changed. Thread-safe.
final class Tickets {
    /// The longest ticket that is looked at, in characters.
    static final int LONGEST = 1024;

    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    /// `secret` is the operator's token.
    Tickets(Secret secret, InstantSource clock) {
        this.clock = clock;
        // A key of its own: a signature never proves anything about the token itself.
        key =
                new SecretKeySpec(
                        sign(
                                new SecretKeySpec(bytes(secret.reveal()), ALGORITHM),
                                "sandalphone client tickets"),
                        ALGORITHM);
    }

    /// An id that nobody can guess.
    static String newId() {
        var id = new byte[12];
        CHANCE.nextBytes(id);
        return ENCODER.encodeToString(id);
    }

    /// The ticket as it stands in a link.
    String write(Ticket ticket) {
        ObjectNode payload =
                JSON.createObjectNode()
                        .put("n", ticket.id())
                        .put("c", ticket.callId())
                        .put("l", ticket.language().tag())
                        .put("x", ticket.expires().getEpochSecond());
        ticket.from().ifPresent(from -> payload.put("f", from));
        ticket.to().ifPresent(to -> payload.put("t", to));
        ticket.standby().ifPresent(number -> payload.put("s", number));
        String text = ENCODER.encodeToString(bytes(payload.toString()));
        return text + "." + ENCODER.encodeToString(sign(key, text));
    }

    /// What a ticket says.
    ///
    /// @throws ClientFault when it is not ours, or expired. Whether it is used up is asked of [#isUsed].
    Ticket read(String text) throws ClientFault {
        int dot = text.indexOf('.');
        if (text.length() > LONGEST || dot < 0 || !isSigned(text, dot)) {
            throw new ClientFault(
                    ClientFault.Kind.TICKET_INVALID,
                    "the ticket is not one of this gateway: use the whole link, or ask whoever sent"
                            + " it for a new one");
        }
        Ticket ticket = parse(text.substring(0, dot));
        if (!ticket.expires().isAfter(clock.instant())) {
            throw new ClientFault(
                    ClientFault.Kind.TICKET_EXPIRED,
                    "the ticket has expired: ask whoever sent the link for a new one");
        }
        return ticket;
    }

    private boolean isSigned(String text, int dot) {
        byte[] given = bytes(text.substring(dot + 1));
        byte[] right = bytes(ENCODER.encodeToString(sign(key, text.substring(0, dot))));
        return MessageDigest.isEqual(given, right);
    }

    /// Reads what we signed, so there is nothing to mistrust in it.
    private static Ticket parse(String payload) {
        try {
            JsonNode json =
                    JSON.readTree(
                            new String(
                                    Base64.getUrlDecoder().decode(payload),
                                    StandardCharsets.UTF_8));
            return new Ticket(
                    json.path("n").asText(),
                    json.path("c").asText(),
                    new Language(json.path("l").asText()),
                    Optional.ofNullable(json.path("f").textValue()),
                    Optional.ofNullable(json.path("t").textValue()),
                    Optional.ofNullable(json.path("s").textValue()),
                    Instant.ofEpochSecond(json.path("x").asLong()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ticket that we signed", e);
        }
    }

    /// The call of this ticket has taken place: nobody comes in by it any more.
    void use(String id, Instant expires) {
        Instant now = clock.instant();
        used.values().removeIf(until -> !until.isAfter(now));
        used.put(id, expires);
    }

    boolean isUsed(String id) {
        return used.containsKey(id);
    }

    private static byte[] sign(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            // Every Java platform has it (java.security.Provider's standard names).
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
