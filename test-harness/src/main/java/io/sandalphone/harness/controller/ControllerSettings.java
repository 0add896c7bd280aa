package io.sandalphone.harness.controller;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.harness.lab.AsteriskHost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The configuration of a controller under test: YAML text made of a few choices.
///
/// @param speech by purpose (`transcriber`, `translator`, `synthesizer`, `direct`), the names of the
///     engines in the order in which they are tried
/// @param resilience YAML of `speech.resilience`, in one line; empty: as production has it
/// @param engines by engine, its own settings; what begins with `{` or `[` is YAML, the rest text
/// @param routes by called number, the YAML of each route, without its number
/// @param calls how many calls may live at once
/// @param trunk YAML of `asterisk.trunk`, in one line
/// @param extra more YAML, laid over all this
public record ControllerSettings(
        Map<String, List<String>> speech,
        String resilience,
        Map<String, Map<String, String>> engines,
        Map<String, String> routes,
        int calls,
        String trunk,
        String extra) {
    /// What operators show this controller.
    public static final String TOKEN = "lab-only-operator-token";

    /// Where it answers operators, on the loopback of its network.
    public static final int PORT = 8090;

    public ControllerSettings {
        speech = Map.copyOf(speech);
        engines = Map.copyOf(engines);
        routes = Map.copyOf(routes);
    }

    /// Tone engines and no routes.
    public static ControllerSettings tones() {
        return allBy("tone").hearingTones();
    }

    /// The same for phones that speak in tones, which are no speech to a controller as production has it.
    public ControllerSettings hearingTones() {
        return with("sounds: {ignore: false}");
    }

    /// The engines of the vendors' clients, each told what `settings` say.
    public static ControllerSettings cloud(Map<String, Map<String, String>> settings) {
        return new ControllerSettings(
                Map.of(
                        "transcriber", List.of("assemblyai"),
                        "translator", List.of("google"),
                        "synthesizer", List.of("polly")),
                "",
                settings,
                Map.of(),
                50,
                "{}",
                "");
    }

    /// The engines that production has without an account.
    public static ControllerSettings offline() {
        return allBy("offline");
    }

    private static ControllerSettings allBy(String engine) {
        List<String> alone = List.of(engine);
        return new ControllerSettings(
                Map.of("transcriber", alone, "translator", alone, "synthesizer", alone),
                "",
                Map.of(),
                Map.of(),
                50,
                "{}",
                "");
    }

    /// The same and one route more: `terms` is YAML in one line, such as `relay: true, ring-timeout: 5s`.
    public ControllerSettings route(String called, String destination, String terms) {
        String more = terms.isEmpty() ? "" : ", " + terms;
        return new ControllerSettings(
                speech,
                resilience,
                engines,
                and(routes, called, "{destination: \"%s\"%s}".formatted(destination, more)),
                calls,
                trunk,
                extra);
    }

    /// The same with other engines for one purpose, in the order in which they are tried.
    public ControllerSettings speech(String purpose, String... names) {
        return new ControllerSettings(
                and(speech, purpose, List.of(names)),
                resilience,
                engines,
                routes,
                calls,
                trunk,
                extra);
    }

    /// The same with other limits of what is put up with from an engine: YAML in one line, such as
    /// `{breaker: {open-for: 1s}}`.
    public ControllerSettings resilience(String yaml) {
        return new ControllerSettings(speech, yaml, engines, routes, calls, trunk, extra);
    }

    /// The same with a setting of an engine.
    public ControllerSettings engine(String name, String key, String value) {
        Map<String, String> own = and(engines.getOrDefault(name, Map.of()), key, value);
        return new ControllerSettings(
                speech, resilience, and(engines, name, own), routes, calls, trunk, extra);
    }

    /// The same with another limit.
    public ControllerSettings limit(int mostCalls) {
        return new ControllerSettings(speech, resilience, engines, routes, mostCalls, trunk, extra);
    }

    /// The same with other settings of the trunk: YAML in one line, such as `{show-caller: true}`.
    public ControllerSettings trunk(String yaml) {
        return new ControllerSettings(speech, resilience, engines, routes, calls, yaml, extra);
    }

    /// The same with more YAML, laid over the rest.
    public ControllerSettings with(String yaml) {
        return new ControllerSettings(
                speech, resilience, engines, routes, calls, trunk, extra + yaml + "\n");
    }

    private static <V> Map<String, V> and(Map<String, V> map, String key, V value) {
        var more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    /// The configuration of a controller beside `host`.
    public String yaml(AsteriskHost host) {
        return withExtra(
                """
                asterisk:
                  ari:
                    url: "%s"
                    user: "%s"
                    password: "%s"
                  trunk: %s
                """
                                .formatted(
                                        host.ari(),
                                        AsteriskHost.ARI_USER,
                                        AsteriskHost.ARI_SECRET,
                                        trunk)
                        + usual(PORT));
    }

    /// The configuration of a controller without Asterisk that answers operators at `port`.
    public String yaml(int port) {
        return withExtra(usual(port));
    }

    private String withExtra(String usual) {
        if (extra.isBlank()) {
            return usual;
        }
        try {
            return ConfigTree.print(
                    ConfigTree.merge(
                            ConfigTree.yaml("usual", usual),
                            ConfigTree.yaml("laid over it", extra)));
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String usual(int port) {
        return """
        http:
          port: %d
          token: "%s"
        limits:
          max-concurrent-calls: %d
          destinations: ["+1*", "+1555*", "+52*"]
          daily:
            calls-per-caller: none
            minutes-per-caller: none
            calls-per-destination: none
            minutes-per-destination: none
        speech: {%s%s}
        engines: {%s}
        routes: {%s}
        captions:
          live: true
        start:
          rehearsal: none
        log:
          format: plain
        """
                .formatted(
                        port,
                        TOKEN,
                        calls,
                        pairs(speech, "%s: %s", List::toString),
                        resilience.isEmpty() ? "" : ", resilience: " + resilience,
                        pairs(engines, "%s: {%s}", ControllerSettings::own),
                        pairs(routes, "\"%s\": %s", route -> route));
    }

    private static String own(Map<String, String> settings) {
        return pairs(
                settings,
                "\"%s\": %s",
                value ->
                        value.startsWith("{") || value.startsWith("[") ? value : '"' + value + '"');
    }

    private static <V> String pairs(Map<String, V> map, String format, Function<V, String> text) {
        return map.entrySet().stream()
                .map(entry -> format.formatted(entry.getKey(), text.apply(entry.getValue())))
                .collect(Collectors.joining(", "));
    }
}
