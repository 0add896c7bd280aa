package io.sandalphone.harness.smoke;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What is tried, and what is known of it.
///
/// @param base scheme and host of the public address
/// @param operators where operators' paths are, if that is known
/// @param token the operators' token, if it is known
/// @param twilioToken the Twilio account's token, if it is known
record Deployment(
        URI base, Optional<URI> operators, Optional<String> token, Optional<String> twilioToken) {
    URI at(String path) {
        return base.resolve(path);
    }

    /// Whether a browser may use the microphone there: over TLS, or on its own machine.
    boolean isSecure() {
        return base.getScheme().equals("https") || isLocal();
    }

    /// Whether it is this machine's.
    boolean isLocal() {
        return List.of("127.0.0.1", "localhost", "[::1]").contains(base.getHost());
    }

    /// Whether operators' paths are offered at the public address as well.
    boolean operatorsArePublic() {
        return operators
                .map(each -> each.getRawAuthority().equals(base.getRawAuthority()))
                .orElse(false);
    }

    /// The address of a socket, as a document has it.
    URI socket(String path) {
        String scheme = base.getScheme().equals("https") ? "wss" : "ws";
        return URI.create(scheme + "://" + base.getRawAuthority() + path);
    }
}
