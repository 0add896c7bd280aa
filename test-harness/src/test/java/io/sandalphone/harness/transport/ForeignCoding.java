package io.sandalphone.harness.transport;

import io.sandalphone.harness.carrier.StreamPlayer;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;

import java.util.function.Consumer;

/// Opens the streams of a simulated carrier and announces a coding in which no telephone call is.
final class ForeignCoding implements StreamPlayer {
    private final WebSocketClient client;

    ForeignCoding(Vertx vertx) {
        client = vertx.createWebSocketClient();
    }

    @Override
    public Playing play(Order order, Consumer<String> gone) {
        var options =
                new WebSocketConnectOptions()
                        .setHost(order.address().getHostString())
                        .setPort(order.address().getPort())
                        .setURI(order.path());
        options.putHeader("Host", order.host());
        order.headers().forEach(options::putHeader);
        client.connect(options)
                .onSuccess(
                        socket -> {
                            socket.closeHandler(_ -> gone.accept("closed"));
                            order.opening().stream()
                                    .map(
                                            each ->
                                                    each.replace("audio/x-mulaw", "audio/opus")
                                                            .replace("PCMU", "OPUS"))
                                    .forEach(socket::writeTextMessage);
                        })
                .onFailure(failure -> gone.accept(String.valueOf(failure.getMessage())));
        return () -> {};
    }
}
