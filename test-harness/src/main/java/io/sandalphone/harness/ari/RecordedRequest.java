package io.sandalphone.harness.ari;

import java.util.Map;

/// A request as it arrived: `path` below `/ari` and decoded, `query` decoded, `body` as it came,
/// empty when there was none.
public record RecordedRequest(String method, String path, Map<String, String> query, String body) {

    /// The value of a query parameter, empty when it was not given.
    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }
}
