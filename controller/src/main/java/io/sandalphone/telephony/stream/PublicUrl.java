package io.sandalphone.telephony.stream;

import io.sandalphone.config.Endpoint;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/// Where carriers reach the gateway from outside: a scheme, a host and perhaps a port. Addresses of
/// webhooks and sockets are made of it, and what carriers sign begins with it.
///
/// `secure` means `https` and `wss`; without it the host is this machine. `authority` is the host, with
/// its port where that is not the scheme's own.
public record PublicUrl(boolean secure, String authority) {
    /// What it must look like, for messages to people.
    public static final String EXPECTED = Endpoint.expected("https", "http");

    /// An address, and whether it held more than scheme and host, which is ignored.
    public record Read(PublicUrl url, boolean moreIgnored) {}

    /// Reads an address such as `https://gw.example.org`.
    ///
    /// @throws IllegalArgumentException when it is none that carriers could use
    public static Read read(String text) {
        URI uri = Endpoint.parse(text, "https", "http");
        boolean secure = uri.getScheme().equals("https");
        int usual = secure ? 443 : 80;
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean portSaid = uri.getPort() != -1 && uri.getPort() != usual;
        var url = new PublicUrl(secure, portSaid ? host + ":" + uri.getPort() : host);
        boolean more = !uri.getRawPath().isEmpty() || uri.getRawQuery() != null;
        return new Read(url, more);
    }

    /// The address of a webhook; `path` begins with a slash and may have a query.
    public String web(String path) {
        return (secure ? "https://" : "http://") + authority + path;
    }

    /// The address of a socket; `path` begins with a slash.
    public String socket(String path) {
        return (secure ? "wss://" : "ws://") + authority + path;
    }

    /// Whether nobody but programs of this machine reach it.
    public boolean isLoopback() {
        String host = authority.replaceFirst(":[0-9]+$", "");
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            // A name may lead anywhere.
            return false;
        }
    }

    @Override
    public String toString() {
        return web("");
    }
}
