package io.sandalphone.harness.fakes;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/// What goes wrong below HTTP and TLS. Called on the loop of the connection.
public final class Wire {
    private Wire() {}

    /// Breaks the connection without a goodbye of any layer: the other side gets a TCP reset.
    public static void cut(HttpConnection connection) {
        Channel channel = channel(connection);
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        // Below the pipeline, so that neither TLS nor a WebSocket takes its leave; the pipeline
        // learns of it.
        channel.unsafe().close(channel.voidPromise());
    }

    /// Ends this side of the connection (FIN) and leaves the other open: the client may go on
    /// sending and gets nothing more.
    public static void halfClose(HttpConnection connection) {
        var _ = ((DuplexChannel) channel(connection)).shutdownOutput();
    }

    private static Channel channel(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext().channel();
    }
}
