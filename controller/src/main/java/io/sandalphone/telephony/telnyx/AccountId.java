package io.sandalphone.telephony.telnyx;

import java.util.Optional;
import java.util.regex.Pattern;

/// Telnyx' name for the account, which stands in each of its webhooks and in the addresses of its REST
/// interface. Nobody has to look it up: the first webhook tells. Thread-safe.
final class AccountId {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private volatile String known = "";

    /// A genuine webhook says that it is `id`. False when that can be none.
    boolean learn(String id) {
        boolean fits = FORM.matcher(id).matches();
        if (fits) {
            known = id;
        }
        return fits;
    }

    Optional<String> known() {
        return Optional.of(known).filter(id -> !id.isEmpty());
    }
}
