package io.sandalphone.harness.vendors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.fakes.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.util.Locale;
import java.util.concurrent.ExecutionException;

/// By which the fakes are told what is to befall them, over plain HTTP:
///
/// - `PUT /faults/polly/STALL`, `DELETE /faults/polly`;
/// - `GET /journal`: what came to pass, by vendor;
/// - `GET /settings`: by engine, what a controller has to be told.
final class VendorControl {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        if (method.equals(HttpMethod.PUT) && parts.length == 3 && parts[0].equals("faults")) {
            String fault = parts[2].toUpperCase(Locale.ROOT).replace('-', '_');
            vendors.fake(Vendor.of(parts[1])).befall(Fault.valueOf(fault));
            return "";
        }
        if (method.equals(HttpMethod.DELETE) && parts.length == 2 && parts[0].equals("faults")) {
            vendors.fake(Vendor.of(parts[1])).recover();
            return "";
        }
        throw new IllegalArgumentException("nothing at " + method + " " + path);
    }

    private static void refuse(HttpServerResponse response, Throwable failure) {
        response.setStatusCode(failure instanceof IllegalArgumentException ? 400 : 500)
                .end(failure.getMessage() + "\n");
    }
}
