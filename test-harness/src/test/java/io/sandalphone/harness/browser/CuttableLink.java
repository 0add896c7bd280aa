package io.sandalphone.harness.browser;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A TCP relay on loopback that can be cut, and mended again, as a network is.
final class CuttableLink {
    private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();
    private final NetServer server;
    private final NetClient client;
    private volatile boolean cut;

    CuttableLink(Vertx vertx, int target) {
        client = vertx.createNetClient();
        server = vertx.createNetServer().connectHandler(near -> connect(near, target));
        server.listen(0, "127.0.0.1").await();
    }

    private void connect(NetSocket near, int target) {
        if (cut) {
            near.close();
            return;
        }
        near.pause();
        client.connect(target, "127.0.0.1")
                .onSuccess(far -> join(near, far))
                .onFailure(_ -> near.close());
    }

    private void join(NetSocket near, NetSocket far) {
        sockets.addAll(List.of(near, far));
        near.handler(far::write).closeHandler(_ -> far.close());
        far.handler(near::write).closeHandler(_ -> near.close());
        near.resume();
    }

    int port() {
        return server.actualPort();
    }

    /// Every connection breaks, and none can be made.
    void cut() {
        cut = true;
        sockets.forEach(NetSocket::close);
        sockets.clear();
    }

    void mend() {
        cut = false;
    }
}
