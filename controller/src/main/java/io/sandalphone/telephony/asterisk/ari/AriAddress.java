package io.sandalphone.telephony.asterisk.ari;

import ch.loway.oss.ari4java.tools.HttpParam;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketConnectOptions;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Where requests go and how they show who sends them. The credentials travel in a header, never in
/// the URL, which Asterisk and others may log.
final class AriAddress {
    private final String host;
    private final int port;
    private final boolean tls;
    private final String base;
    private final String authorization;

    AriAddress(AriSettings settings) {
        var uri = settings.uri();
        this.host = uri.getHost();
        this.tls = "https".equals(uri.getScheme());
        this.port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        this.base = uri.getRawPath().replaceAll("/+$", "");
        this.authorization = settings.authorization();
    }

    /// A request to `path` below ARI's own, with those of the parameters that have a value.
    RequestOptions request(String path, List<HttpParam> parameters) {
        return fill(new RequestOptions(), path, parameters);
    }

    /// The same for a WebSocket.
    WebSocketConnectOptions webSocket(String path, List<HttpParam> parameters) {
        return fill(new WebSocketConnectOptions(), path, parameters);
    }

    private <O extends RequestOptions> O fill(O options, String path, List<HttpParam> parameters) {
        options.setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(base + path + query(parameters))
                .putHeader("Authorization", authorization);
        return options;
    }

    private static String query(List<HttpParam> parameters) {
        var query =
                parameters.stream()
                        .filter(parameter -> parameter.getValue() != null)
                        .map(
                                parameter ->
                                        encode(parameter.getName())
                                                + "="
                                                + encode(parameter.getValue()))
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
