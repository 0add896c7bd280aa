package io.sandalphone.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What Asterisk's configuration was rendered from: `/etc/sandalphone/asterisk.values`. Empty where there is no such file.
record AsteriskValues(Map<String, String> values) {
    private static final Path FILE = Path.of("etc/sandalphone/asterisk.values");

    static AsteriskValues read(Machine machine) throws IOException {
        Path file = machine.root().resolve(FILE);
        Map<String, String> values = new HashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#")) {
                    values.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
                }
            }
        }
        return new AsteriskValues(values);
    }

    private static String unquoted(String text) {
        String bare = text.strip();
        boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /// Whom Asterisk rings by itself, by the number that was called.
    Map<String, String> fallbackRoutes() {
        Map<String, String> routes = new HashMap<>();
        for (String route : get("FALLBACK_ROUTES").split("\\s+", -1)) {
            int equals = route.indexOf('=');
            if (equals > 0) {
                routes.put(route.substring(0, equals), route.substring(equals + 1));
            }
        }
        return routes;
    }

    String sipPort() {
        return get("SIP_BIND").replaceFirst("^.*:", "");
    }

    /// Whether the trunk is reached over TLS.
    boolean overTls() {
        return get("TRUNK_TRANSPORT").equals("tls");
    }

    int firstMediaPort() throws IOException {
        return port("RTP_FIRST_PORT");
    }

    int lastMediaPort() throws IOException {
        return port("RTP_LAST_PORT");
    }

    private int port(String key) throws IOException {
        try {
            return Integer.parseInt(get(key));
        } catch (NumberFormatException _) {
            throw new IOException("/" + FILE + ": " + key + " is no port");
        }
    }

    Optional<InetAddress> externalAddress() {
        return Optional.of(get("EXTERNAL_ADDRESS"))
                .filter(text -> !text.isEmpty())
                .map(InetAddress::ofLiteral);
    }

    private String get(String key) {
        return values.getOrDefault(key, "");
    }
}
