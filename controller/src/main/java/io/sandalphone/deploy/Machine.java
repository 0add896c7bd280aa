package io.sandalphone.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// The server, as far as it is asked about itself. Every method blocks, for at most about ten seconds.
public interface Machine {
    /// What a program of the server's answered: its exit code, and what it wrote to either output.
    record Answer(int code, String text) {
        boolean ok() {
            return code == 0;
        }
    }

    /// The addresses of its network interfaces.
    Set<InetAddress> addresses() throws IOException;

    /// The addresses of `name`, IPv4 and IPv6.
    List<InetAddress> lookUp(String name) throws UnknownHostException;

    /// Until when the certificate holds that is shown at `host` on `port`, if this machine trusts it for that name.
    ///
    /// @throws IOException when nobody answers there, or the certificate is not to be trusted: the message says why
    Instant certificateUntil(String host, int port) throws IOException;

    /// Whether somebody takes TCP connections there.
    boolean answers(InetSocketAddress place);

    /// Runs a program, without a shell, until it ends.
    ///
    /// @throws IOException when there is no such program, or it does not end
    Answer run(String... command) throws IOException;

    /// The time of day.
    Instant now();

    int processors();

    /// Where its files are: `/`.
    Path root();
}
