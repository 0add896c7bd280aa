package io.sandalphone.telephony.asterisk;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;

/// What Asterisk says in text over the connection of a leg's sound (`chan_websocket`, JSON form), as far
/// as a leg needs it, and what is said to it.
sealed interface MediaMessage {
    /// The channel is there. One binary message holds whole frames of `frameBytes`. `party` is the channel whose sound
    /// it is, and `token` that of its leg; each is empty where the dialplan does not tell.
    record Started(String channel, String format, long frameBytes, String party, String token)
            implements MediaMessage {}

    /// All that was sent before this mark has been played.
    record Played(String mark) implements MediaMessage {}

    /// The party pressed a key.
    record KeyPressed(char key) implements MediaMessage {}

    /// Asterisk could not do what it was told.
    record Refused() implements MediaMessage {}

    /// Anything else, which nobody asked for.
    record Other() implements MediaMessage {}

    /// It lacks what it must have.
    record Malformed() implements MediaMessage {}

    /// Reads a message.
    static MediaMessage read(String text) {
        try {
            return read(JsonMessage.parse(text));
        } catch (UnreadableException _) {
            return new Malformed();
        }
    }

    private static MediaMessage read(JsonMessage message) throws UnreadableException {
        return switch (required(message, "event")) {
            case "MEDIA_START" -> started(message, message.object("channel_variables"));
            case "MEDIA_MARK_PROCESSED" -> new Played(required(message, "correlation_id"));
            case "DTMF_END" -> new KeyPressed(key(required(message, "digit")));
            case "ERROR" -> new Refused();
            default -> new Other();
        };
    }

    private static Started started(JsonMessage message, JsonMessage variables)
            throws UnreadableException {
        return new Started(
                required(message, "channel_id"),
                required(message, "format"),
                message.integer("optimal_frame_size").orElse(0),
                variables.text(LegVariables.PARTY).orElse(""),
                variables.text(LegVariables.TOKEN).orElse(""));
    }

    private static String required(JsonMessage message, String field) throws UnreadableException {
        return message.text(field)
                .orElseThrow(() -> new UnreadableException("a media message lacks " + field));
    }

    private static char key(String digit) throws UnreadableException {
        if (!digit.matches("[0-9*#A-D]")) {
            throw new UnreadableException("no key of a telephone");
        }
        return digit.charAt(0);
    }

    /// Takes the call for the party.
    static String answer() {
        return "{\"command\":\"ANSWER\"}";
    }

    /// Asks to be told by [Played] when what was sent has been played. `mark` is letters and digits;
    /// Asterisk ignores messages of more than 128 bytes.
    static String mark(String mark) {
        return "{\"command\":\"MARK_MEDIA\",\"correlation_id\":\"" + mark + "\"}";
    }

    /// Drops what has not been played, and with it the marks, of which nothing is told then.
    static String flush() {
        return "{\"command\":\"FLUSH_MEDIA\"}";
    }
}
