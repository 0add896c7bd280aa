package io.sandalphone.telephony.stream;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// What stands in a form (`application/x-www-form-urlencoded`): names and values in their order, names
/// more than once where they stood so.
public record FormParameters(List<Parameter> all) {
    /// One name with one value.
    public record Parameter(String name, String value) {}

    public FormParameters {
        all = List.copyOf(all);
    }

    /// Parameters of alternating names and values.
    public static FormParameters of(String... namesAndValues) {
        List<Parameter> all = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.add(new Parameter(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new FormParameters(all);
    }

    /// Reads a form.
    ///
    /// @throws IllegalArgumentException when something in it is not encoded as a form is; the message
    ///     does not repeat it
    public static FormParameters parse(String form) {
        List<Parameter> all = new ArrayList<>();
        for (String part : form.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                all.add(new Parameter(decoded(name), decoded(value)));
            }
        }
        return new FormParameters(all);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("not a form");
        }
    }

    /// The first value of a name; empty too when it is nothing.
    public Optional<String> get(String name) {
        return all.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /// These, and one more.
    public FormParameters with(String name, String value) {
        List<Parameter> more = new ArrayList<>(all);
        more.add(new Parameter(name, value));
        return new FormParameters(more);
    }

    /// As the body of a request.
    public String encoded() {
        var form = new StringJoiner("&");
        for (Parameter parameter : all) {
            form.add(encoded(parameter.name()) + "=" + encoded(parameter.value()));
        }
        return form.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Printed without what it says: numbers may be in it.
    @Override
    public String toString() {
        return "FormParameters[" + all.size() + "]";
    }
}
