package io.sandalphone.models;

import okhttp3.Credentials;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The proxy that the environment names, as other programs for downloads read it: `https_proxy`,
/// `http_proxy`, `all_proxy` and `no_proxy`, in lower case or capitals. Where none is named, Java's own
/// settings count.
final class EnvironmentProxy extends ProxySelector {
    private final Map<String, String> environment;

    EnvironmentProxy(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Proxy> select(@Nullable URI address) {
        if (address == null || address.getHost() == null || isExempt(address.getHost())) {
            return List.of(Proxy.NO_PROXY);
        }
        Optional<URI> proxy = proxy(address.getScheme());
        if (proxy.isEmpty()) {
            ProxySelector javas = ProxySelector.getDefault();
            return javas == null ? List.of(Proxy.NO_PROXY) : javas.select(address);
        }
        int port = proxy.get().getPort();
        return List.of(
                new Proxy(
                        Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved(
                                proxy.get().getHost(), port < 0 ? 80 : port)));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // Whoever downloads says so.
    }

    /// What to log in with at the proxy for addresses of `scheme`.
    Optional<String> credentials(String scheme) {
        return proxy(scheme)
                .map(URI::getRawUserInfo)
                .map(
                        user -> {
                            String[] parts = user.split(":", 2);
                            return Credentials.basic(
                                    decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
                        });
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Optional<URI> proxy(String scheme) {
        String named = variable(scheme + "_proxy");
        if (named.isEmpty()) {
            named = variable("all_proxy");
        }
        if (named.isEmpty()) {
            return Optional.empty();
        }
        URI proxy = URI.create(named.contains("://") ? named : "http://" + named);
        return Optional.of(proxy).filter(uri -> uri.getHost() != null);
    }

    private boolean isExempt(String host) {
        for (String entry : variable("no_proxy").split(",", -1)) {
            String name = entry.strip().toLowerCase(Locale.ROOT);
            if (name.equals("*")) {
                return true;
            }
            String bare = name.startsWith(".") ? name.substring(1) : name;
            String wanted = host.toLowerCase(Locale.ROOT);
            if (!bare.isEmpty() && (wanted.equals(bare) || wanted.endsWith("." + bare))) {
                return true;
            }
        }
        return false;
    }

    private String variable(String name) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty()
                ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "")
                : value;
    }
}
