package io.sandalphone.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;

/// Addresses of services. What goes to another machine is encrypted; on this one it need not be.
public final class Endpoint {
    private Endpoint() {}

    /// What an address must look like, for messages to people.
    public static String expected(String secure, String plain) {
        return "an address that begins with %s://, or with %s:// on this machine, without user or"
                        .formatted(secure, plain)
                + " password";
    }

    /// The address in `text`, whose scheme is `secure`, or `plain` when its host is this machine.
    ///
    /// @throws IllegalArgumentException when it is none, or one that cannot be connected to
    public static URI parse(String text, String secure, String plain) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not an address", e);
        }
        boolean allowed =
                uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getFragment() == null
                        && hasPossiblePort(uri)
                        && (secure.equals(uri.getScheme())
                                || (plain.equals(uri.getScheme()) && isThisMachine(uri)));
        if (!allowed) {
            throw new IllegalArgumentException("not an address that may be used");
        }
        return uri;
    }

    private static boolean hasPossiblePort(URI uri) {
        if (uri.getPort() == -1) {
            return !uri.getAuthority().endsWith(":");
        }
        return uri.getPort() >= 1 && uri.getPort() <= 65_535;
    }

    /// A name other than localhost may lead anywhere.
    private static boolean isThisMachine(URI uri) {
        if (uri.getHost().equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(uri.getHost()).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
