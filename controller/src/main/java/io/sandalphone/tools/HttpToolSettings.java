package io.sandalphone.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.Tool;
import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// A tool behind HTTP.
///
/// @param name by which brains call it
/// @param description what it does, and when to use it
/// @param parameters what it takes
/// @param url where it is; the arguments of a GET are its query, those of any other method its body, which is JSON
/// @param headers that each request bears
/// @param timeout for a request as a whole
/// @param mostBytes of an answer; a longer one is not read
public record HttpToolSettings(
        String name,
        String description,
        ToolParameters parameters,
        URI url,
        Method method,
        Map<String, Secret> headers,
        Duration timeout,
        int mostBytes) {
    /// The methods there are.
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    private static final Duration SHORTEST = Duration.ofMillis(100);

    // A caller who has waited for longer was told that it does not work.
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int LARGEST = 65_536;

    private static final String EXPECTED_NAME =
            "the name of a tool: letters, digits, _ and -, at most 64, and none that is built in";

    // Those that HTTP makes by itself.
    private static final Set<String> NOT_OURS =
            Set.of("host", "content-length", "content-type", "transfer-encoding", "connection");

    public HttpToolSettings {
        headers = Map.copyOf(headers);
    }

    /// Reads what holds for a tool unless it says otherwise, and judges it.
    public static ObjectNode readDefaults(Section section) {
        var _ = Usual.read(section, ToolParameters::outline);
        return section.raw();
    }

    /// What a tool need not say itself.
    private record Usual(
            Setting<ToolParameters> parameters,
            Setting<Method> method,
            Setting<Map<String, Secret>> headers,
            Setting<Duration> timeout,
            Setting<Integer> mostBytes) {
        static Usual read(Section section, Function<ObjectNode, ToolParameters> parameters) {
            return new Usual(
                    section.tree("parameters", ToolParameters.EXPECTED, parameters),
                    section.choice("method", Method.class),
                    readHeaders(section.section("headers")),
                    section.duration("timeout", SHORTEST, LONGEST),
                    section.integer("most-bytes", 1, LARGEST));
        }
    }

    /// Reads the list `tools` of an agent, whose entries are each laid over `defaults`. No two have the same name, none one of
    /// `taken`, and each is at one of `hosts`.
    public static Setting<List<HttpToolSettings>> read(
            Section agent, ObjectNode defaults, Set<String> taken, Setting<ToolHosts> hosts) {
        List<Setting<HttpToolSettings>> tools =
                agent.entries("tools", defaults, "a list of tools, each a section of keys").stream()
                        .map(tool -> read(tool, taken, hosts))
                        .toList();
        return agent.make(
                () -> {
                    Map<String, HttpToolSettings> byName = new LinkedHashMap<>();
                    for (Setting<HttpToolSettings> tool : tools) {
                        HttpToolSettings read = tool.get();
                        if (byName.put(read.name(), read) != null) {
                            throw new IllegalArgumentException("two tools named " + read.name());
                        }
                    }
                    return new ArrayList<>(byName.values());
                });
    }

    private static Setting<HttpToolSettings> read(
            Section section, Set<String> taken, Setting<ToolHosts> hosts) {
        Setting<String> name =
                section.check(
                        "name",
                        section.text("name"),
                        EXPECTED_NAME,
                        text -> text.matches(Tool.NAME) && !taken.contains(text));
        Setting<String> description = section.text("description");
        Setting<URI> url =
                section.check(
                        "url",
                        section.uri("url", "https", "http"),
                        "an address at one of tools.hosts",
                        address -> hosts.get().allow(address));
        var usual = Usual.read(section, ToolParameters::of);
        return section.make(
                () ->
                        new HttpToolSettings(
                                name.get(),
                                description.get(),
                                usual.parameters().get(),
                                url.get(),
                                usual.method().get(),
                                usual.headers().get(),
                                usual.timeout().get(),
                                usual.mostBytes().get()));
    }

    private static Setting<Map<String, Secret>> readHeaders(Section section) {
        Map<String, Setting<Secret>> read = new LinkedHashMap<>();
        for (Map.Entry<String, ?> header : section.raw().properties()) {
            read.put(header.getKey(), section.secret(header.getKey()));
        }
        return section.make(
                () -> {
                    Map<String, Secret> headers = new LinkedHashMap<>();
                    read.forEach((name, value) -> headers.put(name, checked(name, value.get())));
                    return headers;
                });
    }

    private static Secret checked(String name, Secret value) {
        if (!name.matches("[A-Za-z0-9-]{1,64}")
                || NOT_OURS.contains(name.toLowerCase(Locale.ROOT))
                || !value.reveal().matches("[ -~]*")) {
            throw new IllegalArgumentException("a header that cannot be set: " + name);
        }
        return value;
    }

    /// Printed without what it is told and told with.
    @Override
    public String toString() {
        return "HttpToolSettings[%s, %s]".formatted(name, method);
    }
}
