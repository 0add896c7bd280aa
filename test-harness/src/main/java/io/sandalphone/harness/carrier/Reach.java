package io.sandalphone.harness.carrier;

import io.vertx.core.net.ClientSSLOptions;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Where the hosts of documents and webhooks really are: a gateway under test believes in a public
/// name, and is reached on loopback. What is signed, and the `Host` header, is always the public one.
/// A host that nobody mapped is reached where it says, and has to have a certificate that is valid for
/// it. Thread-safe.
public final class Reach {
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /// An address that is really dialled.
    ///
    /// @param tls whether by TLS, whatever the scheme says
    /// @param verified whether its certificate has to be valid for it
    public record Place(String host, int port, boolean tls, boolean verified) {
        /// One whose certificate is believed, whatever it is: a gateway under test has one of its own
        /// making.
        public Place(String host, int port, boolean tls) {
            this(host, port, tls, false);
        }

        /// How TLS is spoken there.
        ClientSSLOptions ssl() {
            return verified
                    ? new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS")
                    : new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm("");
        }
    }

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
        return new Place(address.getHost(), port, tls, true);
    }

    /// The path and query of `address`, as they stand in the request.
    static String target(URI address) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }
}
