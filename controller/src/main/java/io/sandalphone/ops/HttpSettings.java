package io.sandalphone.ops;

import io.sandalphone.config.Secret;

import java.net.InetAddress;

/// Where operators reach us, and what they must show. `port` 0 takes any free one.
public record HttpSettings(InetAddress listen, int port, Secret token) {
    /// How many characters a token has at least.
    public static final int SHORTEST_TOKEN = 16;

    public HttpSettings {
        if (!isLongEnough(token)) {
            throw new IllegalArgumentException(
                    "a token shorter than " + SHORTEST_TOKEN + " characters");
        }
    }

    /// Whether a token is too long to be guessed.
    public static boolean isLongEnough(Secret token) {
        return token.reveal().length() >= SHORTEST_TOKEN;
    }

    /// Whether only programs of this machine reach the listener.
    public boolean isLocal() {
        return listen.isLoopbackAddress();
    }
}
