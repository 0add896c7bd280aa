package io.sandalphone.harness.fakes.google;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a request, wherever they stand: in the address, a form, or a JSON body.
record Parameters(Map<String, List<String>> values) {
    static Parameters of(HttpServerRequest request, Buffer body) throws Refusal {
        var all = new Parameters(new LinkedHashMap<>());
        all.addForm(request.query());
        if (request.method().equals(HttpMethod.POST)) {
            String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
            if (type.startsWith("application/x-www-form-urlencoded")) {
                all.addForm(body.toString());
            } else {
                all.addJson(json(body));
            }
        }
        return all;
    }

    static Parameters ofForm(String form) {
        var all = new Parameters(new LinkedHashMap<>());
        all.addForm(form);
        return all;
    }

    static JsonObject json(Buffer body) throws Refusal {
        try {
            return new JsonObject(body);
        } catch (DecodeException _) {
            throw Refusal.invalid("Invalid JSON payload received.");
        }
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Optional<String> one(String name) {
        return all(name).stream().findFirst();
    }

    private void addForm(@Nullable String form) {
        if (form == null) {
            return;
        }
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                add(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
    }

    private void addJson(JsonObject json) {
        for (Map.Entry<String, Object> entry : json) {
            if (entry.getValue() instanceof JsonArray several) {
                several.forEach(value -> add(entry.getKey(), String.valueOf(value)));
            } else {
                add(entry.getKey(), String.valueOf(entry.getValue()));
            }
        }
    }

    private void add(String name, String value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
