package io.sandalphone.config;

/// What came of trying a setting out.
///
/// @param setting the key to change, such as `engines.polly.region`; empty when none is to blame
/// @param message a sentence for the operator, without secrets
public record Finding(Kind kind, String setting, String message) {
    public enum Kind {
        /// As it should be.
        OK,
        /// It works, but perhaps not as meant; or could not be found out.
        WARNING,
        /// It will not work until something is changed.
        FAULT
    }

    public static Finding ok(String message) {
        return new Finding(Kind.OK, "", message);
    }

    public static Finding warning(String setting, String message) {
        return new Finding(Kind.WARNING, setting, message);
    }

    public static Finding fault(String setting, String message) {
        return new Finding(Kind.FAULT, setting, message);
    }
}
