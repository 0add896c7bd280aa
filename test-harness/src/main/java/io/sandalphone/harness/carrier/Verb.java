package io.sandalphone.harness.carrier;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One instruction of a document (TwiML, TeXML) that a call runs.
sealed interface Verb {
    /// `<Connect><Stream>`: the call's sound both ways over a WebSocket, until that ends.
    ///
    /// @param attributes all that `<Stream>` has, by name
    /// @param parameters the `<Parameter>`s of the stream
    record Stream(Map<String, String> attributes, Map<String, String> parameters) implements Verb {
        String url() {
            return attributes.getOrDefault("url", "");
        }
    }

    /// `<Dial>` with other parties, rung at the same time.
    record Dial(
            List<Party> parties, Duration timeout, Optional<String> callerId, Optional<Link> action)
            implements Verb {}

    /// Somebody to ring: `<Number>` (E.164) or `<Sip>` (a `sip:` address).
    record Party(String address, boolean sip) {}

    /// `<Dial><Conference>`.
    record Conference(
            String name,
            boolean beep,
            boolean music,
            boolean starts,
            boolean ends,
            Optional<Link> action)
            implements Verb {}

    record Pause(Duration length) implements Verb {}

    record Say(String text) implements Verb {}

    record Play(String url) implements Verb {}

    record Hangup() implements Verb {}

    /// Refuses a call that has not been connected.
    ///
    /// @param busy whether the caller hears that the number is busy
    record Reject(boolean busy) implements Verb {}

    /// Goes on with another document.
    ///
    /// @param more what its server is told besides
    record Redirect(Link to, Map<String, String> more) implements Verb {}

    /// Where to get a document.
    record Link(String url, String method) {}
}
