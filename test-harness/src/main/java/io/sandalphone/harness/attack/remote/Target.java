package io.sandalphone.harness.attack.remote;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/// A gateway of an operator's, by the addresses they named. Nothing else is ever sent anything.
///
/// @param sip where Asterisk takes SIP by UDP
/// @param http where the controller, or what stands before it, answers operators
/// @param ari where ARI is, or would be if it could be reached
/// @param token what operators show at `http`; empty: what needs it is not tried
public record Target(
        @Nullable InetSocketAddress sip,
        @Nullable URI http,
        @Nullable InetSocketAddress ari,
        String token) {
    public Target {
        if (sip == null && http == null && ari == null) {
            throw new IllegalArgumentException("name an address: --sip, --http or --ari");
        }
    }

    /// `HOST:PORT`, or `HOST` for the usual port.
    public static InetSocketAddress address(String text, int usualPort) {
        URI uri = URI.create("x://" + text);
        if (uri.getHost() == null || !uri.getPath().isEmpty()) {
            throw new IllegalArgumentException("expected HOST:PORT, found " + text);
        }
        return resolved(uri.getHost(), uri.getPort() < 0 ? usualPort : uri.getPort());
    }

    /// A whole URL, of HTTP or HTTPS, without a path.
    public static URI url(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null
                || !(isTls(uri) || "http".equals(uri.getScheme()))
                || !uri.getPath().matches("/?")) {
            throw new IllegalArgumentException(
                    "expected http://HOST:PORT or https://HOST:PORT, found " + text);
        }
        resolved(uri.getHost(), port(uri));
        return uri;
    }

    private static InetSocketAddress resolved(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("there is no host " + host, e);
        }
    }

    /// Whether a URL is one of HTTPS.
    static boolean isTls(URI uri) {
        return "https".equals(uri.getScheme());
    }

    /// The port of a URL.
    static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : isTls(uri) ? 443 : 80;
    }

    /// Whether a URL or an address is one of this machine that no other reaches.
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
