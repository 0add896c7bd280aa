package io.sandalphone.harness.controller;

import io.sandalphone.harness.lab.AsteriskHost;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The configuration of a controller under test: YAML text made of a few choices.
///
/// @param engines the name of the engines that hear, translate and speak
/// @param engineSettings their own settings
/// @param routes by called number, the YAML of each route, without its number
/// @param calls how many calls may live at once
/// @param extra more YAML, at the top level
public record ControllerSettings(
        String engines,
        Map<String, String> engineSettings,
        Map<String, String> routes,
        int calls,
        String extra) {
    /// What operators show this controller.
    static final String TOKEN = "lab-only-operator-token";

    static final int PORT = 8090;

    public ControllerSettings {
        engineSettings = Map.copyOf(engineSettings);
        routes = Map.copyOf(routes);
    }

    /// Tone engines and no routes.
    public static ControllerSettings tones() {
        return new ControllerSettings("tone", Map.of(), Map.of(), 50, "");
    }

    /// The engines that production has without an account.
    public static ControllerSettings offline() {
        return new ControllerSettings("offline", Map.of(), Map.of(), 50, "");
    }

    /// The same and one route more: `terms` is YAML in one line, such as `relay: true, ring: 5s`.
    public ControllerSettings route(String called, String destination, String terms) {
        var more = new LinkedHashMap<>(routes);
        more.put(
                called,
                "{destination: \"%s\"%s}"
                        .formatted(destination, terms.isEmpty() ? "" : ", " + terms));
        return new ControllerSettings(engines, engineSettings, more, calls, extra);
    }

    /// The same with a setting of the engines.
    public ControllerSettings engine(String key, String value) {
        var more = new LinkedHashMap<>(engineSettings);
        more.put(key, value);
        return new ControllerSettings(engines, more, routes, calls, extra);
    }

    /// The same with another limit.
    public ControllerSettings limit(int mostCalls) {
        return new ControllerSettings(engines, engineSettings, routes, mostCalls, extra);
    }

    /// The same with more YAML at the top level.
    public ControllerSettings with(String yaml) {
        return new ControllerSettings(engines, engineSettings, routes, calls, extra + yaml + "\n");
    }

    String yaml(AsteriskHost host) {
        return """
        asterisk:
          ari:
            url: "%s"
            user: "%s"
            password: "%s"
        http:
          port: %d
          token: "%s"
        limits:
          calls: %d
          destinations: ["+1*", "+52*"]
        speech: {transcriber: [%s], translator: [%s], synthesizer: [%s]}
        engines:
          %s: {%s}
        routes: {%s}
        captions:
          live: true
        log:
          format: plain
        %s
        """
                .formatted(
                        host.ari(),
                        AsteriskHost.ARI_USER,
                        AsteriskHost.ARI_SECRET,
                        PORT,
                        TOKEN,
                        calls,
                        engines,
                        engines,
                        engines,
                        engines,
                        pairs(engineSettings, "\"%s\": \"%s\""),
                        pairs(routes, "\"%s\": %s"),
                        extra);
    }

    private static String pairs(Map<String, String> map, String format) {
        return map.entrySet().stream()
                .map(entry -> format.formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
