package io.sandalphone.harness.fakes.http;

import io.sandalphone.harness.fakes.Fault;
import io.vertx.core.buffer.Buffer;

import java.util.Map;
import java.util.Optional;

/// A request that came.
///
/// @param query the parameters of its address
/// @param headers by their names in lower case
/// @param body as it came; empty where it was a form
/// @param form the fields of a form in parts, without its file
/// @param file what was sent along in it
/// @param fault what happens to the answer and is for the service itself to do
public record HttpCall(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Buffer body,
        Map<String, String> form,
        Optional<Upload> file,
        Optional<Fault> fault) {
    public HttpCall {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
        form = Map.copyOf(form);
    }

    /// A file of a form.
    ///
    /// @param field the name of its part
    public record Upload(String field, String fileName, String type, Buffer content) {}

    /// Method and path.
    public String what() {
        return method + " " + path;
    }

    /// Whether this is its fault.
    public boolean has(Fault fault) {
        return this.fault.filter(fault::equals).isPresent();
    }

    /// A header; empty when it is not there.
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
