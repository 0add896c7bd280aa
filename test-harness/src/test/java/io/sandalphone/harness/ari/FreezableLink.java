package io.sandalphone.harness.ari;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A TCP relay on loopback that can stop relaying without closing anything, as a network does.
final class FreezableLink {
    private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();
    private final NetServer server;
    private final NetClient client;
    private volatile boolean frozen;

    FreezableLink(Vertx vertx, int target) {
        this.client = vertx.createNetClient();
        this.server =
                vertx.createNetServer()
                        .connectHandler(
                                near -> {
                                    near.pause();
                                    client.connect(target, "127.0.0.1")
                                            .onSuccess(far -> join(near, far));
                                });
        server.listen(0, "127.0.0.1").await();
    }

    private void join(NetSocket near, NetSocket far) {
        sockets.addAll(List.of(near, far));
        near.handler(far::write).closeHandler(_ -> far.close());
        far.handler(near::write).closeHandler(_ -> near.close());
        if (!frozen) {
            near.resume();
        }
    }

    /// The address of the near end, for one of the far end.
    URI through(URI target) {
        return URI.create(
                target.toString().replace(":" + target.getPort(), ":" + server.actualPort()));
    }

    /// Nothing passes any more, and nobody is told.
    void freeze() {
        frozen = true;
        sockets.forEach(NetSocket::pause);
    }

    void thaw() {
        frozen = false;
        sockets.forEach(NetSocket::resume);
    }
}
