package io.sandalphone.harness.carrier;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One media stream in the words of its carrier: the texts that the carrier sends, and what the texts
/// of the server mean. Owner: the carrier's loop.
public interface StreamWire {
    /// What the server's message asks for.
    sealed interface Request {
        /// Sound to be played behind all that was sent before.
        // An array, because sound is primitives; nobody compares requests by value.
        @SuppressWarnings("ArrayRecordComponent")
        record Media(byte[] sound) implements Request {}

        /// To be told when all that was sent before has been played.
        record Mark(String name) implements Request {}

        /// To forget what has not been played.
        record Clear() implements Request {}

        /// Sound that the carrier drops without a word, since the stream was not opened to take any.
        record Unplayable() implements Request {}

        /// Nothing that the carrier understands.
        record Invalid(String why) implements Request {}
    }

    /// The carrier's id of the stream.
    String id();

    /// What of the document the carrier cannot do, empty when there is nothing.
    default String problem() {
        return "";
    }

    /// Whether the sound arrives in order. Otherwise a few frames are swapped.
    default boolean ordered() {
        return true;
    }

    /// What goes before everything else: `connected` and `start`.
    List<String> opening();

    /// The next 20 ms of what the telephone says.
    String media(byte[] sound);

    String key(char key);

    String mark(String name);

    String stop();

    /// What `text` of the server means.
    Request read(String text);

    /// What the server is told when its message was [Request.Invalid], where the carrier tells it.
    Optional<String> complaint(String why);

    /// How sound is coded towards the server.
    SoundCoding towardsServer();

    /// How sound is coded that comes from the server.
    SoundCoding fromServer();

    /// The headers of the handshake beside those of WebSocket.
    Map<String, String> handshake();

    /// The form that the stream's status callback takes.
    ///
    /// @param event `stream-started`, `stream-stopped` or `stream-error`
    /// @param error what went wrong, empty when nothing did
    Map<String, String> status(String event, String error);
}
