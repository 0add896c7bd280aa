package io.sandalphone.speech.http;

import java.net.URI;

/// Addresses below the one that settings name.
public final class UrlPath {
    private UrlPath() {}

    /// The address of `path`, which begins with a slash, below `base`, which may end with one.
    public static String below(URI base, String path) {
        return base.toString().replaceFirst("/+$", "") + path;
    }

    /// A path as settings name it.
    ///
    /// @throws IllegalArgumentException when it is none
    public static String checked(String path) {
        if (!path.matches("(/[A-Za-z0-9._~:-]+)+/?|/")) {
            throw new IllegalArgumentException("not a path");
        }
        return path;
    }
}
