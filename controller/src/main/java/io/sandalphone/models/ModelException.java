package io.sandalphone.models;

import java.io.Serial;

/// Why a model cannot be had or used: a sentence for the operator.
public final class ModelException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    public ModelException(String message) {
        super(message);
    }
}
