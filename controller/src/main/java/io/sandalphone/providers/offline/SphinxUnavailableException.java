package io.sandalphone.providers.offline;

import java.io.Serial;

/// PocketSphinx or its model is not there or not usable. The message is a sentence for the operator.
final class SphinxUnavailableException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    SphinxUnavailableException(String message) {
        super(message);
    }
}
