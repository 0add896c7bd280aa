package io.sandalphone.harness.carrier;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Plays the media streams of a carrier's calls in place of their telephones, for a load that those are
/// too heavy for. The rest of a call, from its webhook to its status callbacks, is the carrier's. Called
/// on the carrier's loop, which it must not hold up.
@FunctionalInterface
public interface StreamPlayer {
    /// Opens a stream without TLS. `gone`, on any thread, takes why it could not be opened or has broken
    /// off; nothing after [Playing#end].
    Playing play(Order order, Consumer<String> gone);

    /// What is to be played.
    ///
    /// @param callId the carrier's id of the call
    /// @param number of the telephone: whose stream it is
    /// @param address where the socket is really
    /// @param host what the `Host` header says
    /// @param path the path of the socket's address
    /// @param headers those of the handshake beside WebSocket's own
    /// @param streamId the carrier's id of the stream
    /// @param opening the messages that come before the sound
    /// @param stop the message that comes last
    record Order(
            String callId,
            String number,
            InetSocketAddress address,
            String host,
            String path,
            Map<String, String> headers,
            String streamId,
            List<String> opening,
            String stop) {
        public Order {
            headers = Map.copyOf(headers);
            opening = List.copyOf(opening);
        }
    }

    /// A stream that is played.
    @FunctionalInterface
    interface Playing {
        /// Sends the last message and closes.
        void end();
    }
}
