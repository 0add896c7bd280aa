package io.sandalphone.providers.google;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.http.FailedCheck;

/// Says of a failed examination which setting to change.
final class ApiFindings {
    private ApiFindings() {}

    /// @param refused the key to blame when Google does not let us in
    /// @param rejected the key to blame when Google does not know what was asked for
    static Finding of(ApiFailure failure, String refused, String rejected) {
        return of(failure, refused, rejected, "endpoint");
    }

    /// The same of another service of Google's than that which translates, whose address stands under `address`.
    static Finding of(ApiFailure failure, String refused, String rejected, String address) {
        return FailedCheck.of(
                failure,
                GoogleSettings.SECTION + refused,
                GoogleSettings.SECTION + rejected,
                GoogleSettings.SECTION + address);
    }
}
