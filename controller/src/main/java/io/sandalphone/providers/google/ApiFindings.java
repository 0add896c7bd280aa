package io.sandalphone.providers.google;

import io.sandalphone.config.Finding;

/// Says of a failed examination which setting to change.
final class ApiFindings {
    private ApiFindings() {}

    /// @param refused the key to blame when Google does not let us in
    /// @param rejected the key to blame when Google does not know what was asked for
    static Finding of(ApiFailure failure, String refused, String rejected) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case CREDENTIALS -> Finding.fault(GoogleSettings.SECTION + refused, message);
            case REQUEST -> Finding.fault(GoogleSettings.SECTION + rejected, message);
            case UNREACHABLE, TIMEOUT ->
                    Finding.fault(GoogleSettings.SECTION + "endpoint", message);
            case QUOTA -> Finding.fault("", message);
            case OVERLOADED, PROVIDER_FAULT -> Finding.warning("", message);
        };
    }
}
