package io.sandalphone.providers.offline;

import java.io.Serial;

/// A native library, or the data it works with, is not there or not usable. The message is a sentence
/// for the operator.
final class LibraryUnavailableException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    LibraryUnavailableException(String message) {
        super(message);
    }
}
