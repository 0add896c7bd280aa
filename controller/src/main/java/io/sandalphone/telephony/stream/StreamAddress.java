package io.sandalphone.telephony.stream;

import java.util.Map;

/// Where a document sends the stream of one call: a path of ours, and parameters that the carrier repeats when the stream
/// starts, beside those that open it. A carrier that knows no parameters leaves them away.
///
/// Printed without their values: one may be a number.
public record StreamAddress(String path, Map<String, String> parameters) {
    /// The usual one.
    public static final StreamAddress USUAL = new StreamAddress(StreamEndpoint.PATH, Map.of());

    public StreamAddress {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return "StreamAddress[%s, %s]".formatted(path, parameters.keySet());
    }
}
