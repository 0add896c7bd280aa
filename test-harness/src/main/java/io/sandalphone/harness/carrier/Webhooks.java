package io.sandalphone.harness.carrier;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The carrier's requests to servers: signed forms. Owner: the carrier's loop.
final class Webhooks {
    private final HttpClient client;
    private final Reach reach;
    private final Dialect dialect;
    private final CarrierFaults faults;
    private final CarrierTimes times;

    Webhooks(Vertx vertx, Reach reach, Dialect dialect, CarrierFaults faults, CarrierTimes times) {
        client = vertx.createHttpClient();
        this.reach = reach;
        this.dialect = dialect;
        this.faults = faults;
        this.times = times;
    }

    /// What a server answered.
    record Answer(int status, String body) {
        boolean ok() {
            return status / 100 == 2;
        }
    }

    /// Sends `form` to `url`, absolute, by POST or, as its query, by GET.
    Future<Answer> send(String url, String method, Map<String, String> form) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
        if (address.getHost() == null || address.getScheme() == null) {
            return Future.failedFuture(new IllegalArgumentException("no absolute address: " + url));
        }
        boolean get = method.equals("GET");
        String body = get ? "" : encoded(form);
        if (get && !form.isEmpty()) {
            String query = address.getRawQuery() == null ? "?" : "&";
            address = URI.create(url + query + encoded(form));
        }
        Reach.Place place = reach.of(address);
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(method))
                        .setHost(place.host())
                        .setPort(place.port())
                        .setSsl(place.tls())
                        .setSslOptions(place.ssl())
                        .setURI(Reach.target(address));
        if (!faults.strikes(CarrierFault.NO_SIGNATURE)) {
            boolean genuine = !faults.strikes(CarrierFault.WRONG_SIGNATURE);
            dialect.signature(address.toString(), get ? Map.of() : form, body, genuine)
                    .forEach(options::putHeader);
        }
        if (!get) {
            options.putHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
        }
        // Without a port where the address has none.
        HostAndPort authority = HostAndPort.authority(address.getHost(), address.getPort());
        return client.request(options)
                .compose(
                        request -> {
                            request.authority(authority);
                            return request.send(Buffer.buffer(body));
                        })
                .compose(
                        response ->
                                response.body()
                                        .map(
                                                content ->
                                                        new Answer(
                                                                response.statusCode(),
                                                                content.toString())))
                .timeout(times.webhook().toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() {
        client.close();
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
