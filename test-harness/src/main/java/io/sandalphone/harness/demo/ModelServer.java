package io.sandalphone.harness.demo;

import io.sandalphone.harness.converse.ConversationLab.Answering;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.HostRelay;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The server of a real language model, as the demo's gateway reaches it: from a network of its own, by a way that leads there and nowhere
/// else. Without one, nothing.
record ModelServer(Optional<Answering.Model> model, Optional<HostRelay> way)
        implements AutoCloseable {
    /// `url` and `model` are both there or both null; `folder` is for a file of names.
    static ModelServer of(
            AsteriskHost host, @Nullable String url, @Nullable String model, Path folder)
            throws IOException {
        if (url == null || model == null) {
            return new ModelServer(Optional.empty(), Optional.empty());
        }
        URI server = URI.create(url);
        boolean secure = "https".equals(server.getScheme());
        if (server.getHost() == null || !(secure || "http".equals(server.getScheme()))) {
            throw new IOException("--llm: expected http://HOST:PORT/v1 or https://…, found " + url);
        }
        int port = server.getPort() >= 0 ? server.getPort() : secure ? 443 : 80;
        HostRelay way =
                HostRelay.open(
                        host.vps(), List.of(server.getHost()), port, folder.resolve("hosts"));
        // A certificate is held against the name, by which the way is found then; an address has
        // none.
        String reached =
                secure
                        ? url
                        : "http://%s:%d%s"
                                .formatted(HostRelay.firstAddress(), port, server.getRawPath());
        return new ModelServer(Optional.of(new Answering.Model(reached, model)), Optional.of(way));
    }

    /// What the gateway's virtual machine has to be told.
    List<String> jvmOptions() {
        return way.map(HostRelay::jvmOptions).orElse(List.of());
    }

    @Override
    public void close() {
        way.ifPresent(HostRelay::close);
    }
}
