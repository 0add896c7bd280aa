package io.sandalphone.app;

import io.sandalphone.routing.RouteTable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Whom Asterisk is to ring while we are away, as its file of values has it: of all routes, those that ring a telephone.
final class FallbackRoutes {
    // As long as what Asterisk's dialplan takes for a short code, which has no plus sign.
    private static final int LONGEST_SHORT_CODE = 6;

    private FallbackRoutes() {}

    /// Who is rung, by the number that was called, in the order of the routes.
    static Map<String, String> of(RouteTable routes) {
        Map<String, String> rung = new LinkedHashMap<>();
        routes.byNumber()
                .forEach(
                        (number, route) ->
                                route.service()
                                        .rungNumber()
                                        .ifPresent(to -> rung.put(called(number), to.number())));
        return rung;
    }

    /// The line `FALLBACK_ROUTES=…`.
    static String line(RouteTable routes) {
        return of(routes).entrySet().stream()
                .map(route -> route.getKey() + "=" + route.getValue())
                .collect(Collectors.joining(" ", "FALLBACK_ROUTES=\"", "\""));
    }

    private static String called(String key) {
        if (key.equals(RouteTable.ANY)) {
            return key;
        }
        String digits = RouteTable.digits(key);
        return digits.length() <= LONGEST_SHORT_CODE ? digits : "+" + digits;
    }
}
