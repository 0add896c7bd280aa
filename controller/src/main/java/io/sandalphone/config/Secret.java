package io.sandalphone.config;

/// A password, key or token. Prints as `***`, so that it can be part of any settings record.
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
