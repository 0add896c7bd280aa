package io.sandalphone.harness.carrier;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Where the hosts of documents and webhooks really are: a gateway under test believes in a public
/// name, and is reached on loopback. What is signed, and the `Host` header, is always the public one.
/// A host that nobody mapped is reached where it says. Thread-safe.
public final class Reach {
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /// An address that is really dialled.
    ///
    /// @param tls whether by TLS, whatever the scheme says
    public record Place(String host, int port, boolean tls) {}

    /// `authority`, a host or `host:port` as it stands in addresses, is at `place` from now on.
    public void map(String authority, Place place) {
        places.put(authority, place);
    }

    /// The host and port of `origin` are reached there without TLS, whatever scheme a document has.
    public void plainly(URI origin) {
        map(origin.getRawAuthority(), new Place(origin.getHost(), origin.getPort(), false));
    }

    Place of(URI address) {
        Place mapped = places.get(address.getRawAuthority());
        if (mapped != null) {
            return mapped;
        }
        String scheme = address.getScheme();
        boolean tls = scheme.equals("https") || scheme.equals("wss");
        int port = address.getPort() >= 0 ? address.getPort() : tls ? 443 : 80;
        return new Place(address.getHost(), port, tls);
    }

    /// The path and query of `address`, as they stand in the request.
    static String target(URI address) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }
}
