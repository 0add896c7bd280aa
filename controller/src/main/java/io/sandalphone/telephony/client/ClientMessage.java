package io.sandalphone.telephony.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a client says in a text frame.
sealed interface ClientMessage {
    /// What there is, for messages to people.
    String TYPES = "init, audio, answer, decline, ping or bye";

    /// Who the client is and what it wants; the first message. What is empty was not given.
    ///
    /// `languageHint` is `auto` or what its person speaks. `layout` is `mono` or `split`. With `states`
    /// the client wants to know what becomes of the call as well. `resume` is a word of the client's own,
    /// by which it proves on a new connection that it is the same client. With `standby` it stands by for
    /// calls to that number of ours, or to any.
    record Init(
            String callId,
            String languageHint,
            String layout,
            String ticket,
            String token,
            String resume,
            String from,
            String to,
            String standby,
            boolean states)
            implements ClientMessage {
        /// Without what lets in, and without numbers.
        @Override
        public String toString() {
            return "Init[%s, %s, %s]".formatted(callId, languageHint, layout);
        }
    }

    /// A piece of sound, base64 as it came.
    record Audio(String callId, String chunk) implements ClientMessage {
        /// The PCM.
        ///
        /// @throws ClientFault when it is no base64
        byte[] pcm() throws ClientFault {
            try {
                return Base64.getDecoder().decode(chunk);
            } catch (IllegalArgumentException _) {
                throw new ClientFault(
                        ClientFault.Kind.MALFORMED, "chunk is not base64 (RFC 4648, section 4)");
            }
        }

        @Override
        public String toString() {
            return "Audio[%s, %d characters]".formatted(callId, chunk.length());
        }
    }

    /// Asks for a `pong` with the same `id`, to measure the network's delay.
    record Ping(String id) implements ClientMessage {}

    /// The person hung up, or stands by no longer.
    record Bye() implements ClientMessage {}

    /// The person takes the call that rings.
    record Answer() implements ClientMessage {}

    /// The person does not want the call that rings.
    record Decline() implements ClientMessage {}

    /// Reads one message. Made for sound, of which there are fifty a second: no tree is built.
    ///
    /// @throws ClientFault for whatever is none
    static ClientMessage read(String text) throws ClientFault {
        Map<String, String> fields = fields(text);
        String type = field(fields, "type");
        return switch (type) {
            case "audio" -> new Audio(field(fields, "callId"), needed(fields, "chunk"));
            case "init" ->
                    new Init(
                            needed(fields, "callId"),
                            Optional.ofNullable(fields.get("languageHint")).orElse("auto"),
                            Optional.ofNullable(fields.get("layout")).orElse("mono"),
                            field(fields, "ticket"),
                            field(fields, "token"),
                            field(fields, "resume"),
                            field(fields, "from"),
                            field(fields, "to"),
                            field(fields, "standby"),
                            field(fields, "states").equals("true"));
            case "ping" -> new Ping(field(fields, "id"));
            case "bye" -> new Bye();
            case "answer" -> new Answer();
            case "decline" -> new Decline();
            case "" -> throw malformed("a message needs a type: " + TYPES);
            default ->
                    throw new ClientFault(ClientFault.Kind.UNKNOWN_TYPE, "type must be " + TYPES);
        };
    }

    private static String needed(Map<String, String> fields, String name) throws ClientFault {
        String value = fields.get(name);
        if (value == null) {
            throw malformed("%s is missing, or is no text".formatted(name));
        }
        return value;
    }

    private static String field(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).orElse("");
    }

    private static ClientFault malformed(String sentence) {
        return new ClientFault(ClientFault.Kind.MALFORMED, sentence);
    }

    /// The fields of a JSON object that are text, numbers or truth values; of one that stands twice the
    /// last. Objects and lists within it are left out.
    private static Map<String, String> fields(String text) throws ClientFault {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = Json.FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("a text frame must hold one JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken().isScalarValue()) {
                    if (json.currentToken() != JsonToken.VALUE_NULL) {
                        fields.put(name, json.getText());
                    }
                } else {
                    json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw malformed("a text frame must hold one JSON object and nothing else");
            }
            return fields;
        } catch (IOException _) {
            throw malformed("a text frame must hold JSON");
        }
    }

    /// Holds the parser's factory, which interfaces cannot keep to themselves.
    final class Json {
        private static final JsonFactory FACTORY =
                JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

        private Json() {}
    }
}
