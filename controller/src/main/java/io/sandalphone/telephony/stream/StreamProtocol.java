package io.sandalphone.telephony.stream;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.time.Loop;
import io.vertx.core.http.HttpServerRequest;

/// How one carrier talks over its sockets, for the endpoint that all of them share. Called on the HTTP
/// server's loop; nothing here blocks.
public interface StreamProtocol {
    /// A short fixed name: `twilio`.
    String name();

    /// Whether this carrier asks for a socket, as far as the request alone tells.
    Admission admit(HttpServerRequest upgrade);

    /// What was admitted at `path` is over, and no stream of this carrier's has started.
    default void released(String path) {}

    /// Whether the first message of a socket is one of this carrier's.
    boolean speaks(JsonMessage first);

    /// A stream starts. `path` is that of the request which opened the socket, `start` the message that
    /// says whose stream it is; `socket` may be written to from now on.
    Start start(String path, JsonMessage start, StreamSocket socket);

    /// What a carrier thinks of a request.
    enum Admission {
        /// It is this carrier's, and genuine.
        ADMITTED,
        /// It claims to be this carrier's and is not.
        REFUSED,
        /// Nothing in it is this carrier's.
        NOT_MINE
    }

    /// What becomes of a stream that starts.
    sealed interface Start {
        /// It belongs to a call: `listener` hears it on the call's `loop`.
        record Taken(Loop loop, StreamListener listener) implements Start {}

        /// It belongs to none.
        record Refused(StreamRefusal reason) implements Start {}
    }
}
