package io.sandalphone.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

class EnvironmentProxyTest {
    private static String proxyFor(String address, Map<String, String> environment) {
        var proxy = new EnvironmentProxy(environment).select(URI.create(address)).getFirst();
        return proxy.address() == null ? "none" : proxy.address().toString();
    }

    @Test
    void the_proxy_of_the_scheme_is_used_in_either_spelling() {
        assertEquals(
                "proxy.example/<unresolved>:3128",
                proxyFor(
                        "https://models.example/x",
                        Map.of("https_proxy", "http://proxy.example:3128")));
        assertEquals(
                "proxy.example/<unresolved>:3128",
                proxyFor("https://models.example/x", Map.of("HTTPS_PROXY", "proxy.example:3128")));
        assertEquals(
                "none",
                proxyFor(
                        "https://models.example/x",
                        Map.of("http_proxy", "http://proxy.example:3128")));
    }

    @Test
    void exempt_hosts_are_reached_directly() {
        var environment =
                Map.of(
                        "https_proxy",
                        "http://proxy.example:3128",
                        "no_proxy",
                        "localhost,.near.example");
        assertEquals("none", proxyFor("https://models.near.example/x", environment));
        assertEquals("none", proxyFor("https://localhost/x", environment));
        assertEquals(
                "proxy.example/<unresolved>:3128",
                proxyFor("https://notnear.example/x", environment));
    }

    @Test
    void a_user_in_the_proxys_address_logs_in() {
        var proxy =
                new EnvironmentProxy(Map.of("https_proxy", "http://me:p%40ss@proxy.example:3128"));
        assertEquals(Optional.of("Basic bWU6cEBzcw=="), proxy.credentials("https"));
        assertEquals(Optional.empty(), proxy.credentials("http"));
    }
}
