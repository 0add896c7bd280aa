package io.sandalphone.app;

import io.sandalphone.call.RouteTable;

import java.util.stream.Collectors;

/// Whom Asterisk is to ring while we are away, as its file of values has it: of all routes, those that ring a telephone.
final class FallbackRoutes {
    // As long as what Asterisk's dialplan takes for a short code, which has no plus sign.
    private static final int LONGEST_SHORT_CODE = 6;

    private FallbackRoutes() {}

    /// The line `FALLBACK_ROUTES=…`.
    static String of(RouteTable routes) {
        return routes.byNumber().entrySet().stream()
                .flatMap(
                        route ->
                                route.getValue().service().rungNumber().stream()
                                        .map(rung -> called(route.getKey()) + "=" + rung.number()))
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
