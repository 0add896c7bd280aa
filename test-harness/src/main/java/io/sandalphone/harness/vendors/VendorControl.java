package io.sandalphone.harness.vendors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.fakes.Fake;
import io.sandalphone.harness.fakes.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.util.concurrent.ExecutionException;

/// Sets the faults of the fakes, over plain HTTP. What it does not understand
/// is answered with 400 and what there is.
///
/// - `PUT /faults/polly/stall`, `DELETE /faults/polly`;
/// - `GET /journal`: what came to pass, by vendor;
/// - `GET /settings`: by engine, the settings of a controller;
/// - `GET /trusting-options`: the options of its virtual machine.
final class VendorControl {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String PATHS =
            "PUT /faults/VENDOR/FAULT, DELETE /faults/VENDOR, GET /journal, GET /settings and"
                    + " GET /trusting-options";

    private final Vertx vertx;
    private final Vendors vendors;

    private VendorControl(Vertx vertx, Vendors vendors) {
        this.vertx = vertx;
        this.vendors = vendors;
    }

    /// Listens on loopback; returns when it does.
    static void listen(Vertx vertx, Vendors vendors, int port)
            throws ExecutionException, InterruptedException {
        var control = new VendorControl(vertx, vendors);
        vertx.createHttpServer()
                .requestHandler(control::handle)
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    /// The fakes wait for their own loops, so this one must not wait for them.
    private void handle(HttpServerRequest request) {
        vertx.executeBlocking(() -> answer(request.method(), request.path()), false)
                .onSuccess(body -> request.response().end(body))
                .onFailure(failure -> refuse(request.response(), failure));
    }

    private String answer(HttpMethod method, String path) throws JsonProcessingException {
        String[] parts = path.substring(1).split("/", -1);
        if (method.equals(HttpMethod.GET) && path.equals("/journal")) {
            return JSON.writeValueAsString(vendors.journal());
        }
        if (method.equals(HttpMethod.GET) && path.equals("/settings")) {
            return JSON.writeValueAsString(vendors.settings());
        }
        if (method.equals(HttpMethod.GET) && path.equals("/trusting-options")) {
            return JSON.writeValueAsString(vendors.trustingOptions());
        }
        if (method.equals(HttpMethod.PUT) && parts.length == 3 && parts[0].equals("faults")) {
            Fake fake = vendors.fake(Vendor.of(parts[1]));
            fake.inject(fault(fake, parts[1], parts[2]));
            return "";
        }
        if (method.equals(HttpMethod.DELETE) && parts.length == 2 && parts[0].equals("faults")) {
            vendors.fake(Vendor.of(parts[1])).recover();
            return "";
        }
        throw new IllegalArgumentException(
                "nothing at %s %s; there are %s".formatted(method, path, PATHS));
    }

    /// The one of `fake`'s that is called `name`. Throws `IllegalArgumentException` naming those there are.
    static Fault fault(Fake fake, String vendor, String name) {
        String wanted = Names.of(name);
        return fake.faults().stream()
                .filter(fault -> Names.of(fault).equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s has no fault %s; it can do %s"
                                                .formatted(
                                                        vendor,
                                                        name,
                                                        Names.of(
                                                                fake.faults()
                                                                        .toArray(Fault[]::new)))));
    }

    private static void refuse(HttpServerResponse response, Throwable failure) {
        response.setStatusCode(failure instanceof IllegalArgumentException ? 400 : 500)
                .end(failure.getMessage() + "\n");
    }
}
