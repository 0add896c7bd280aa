package io.sandalphone.call;

import io.sandalphone.routing.CallTerms;
import io.sandalphone.telephony.E164;

import java.util.Optional;

/// Two numbers an operator wants joined: `from` is rung first and becomes the caller, `to` the
/// destination, each over the carrier of that name; empty: `fromVia` over the usual one, `toVia` over
/// that of the caller.
public record CallRequest(
        E164 from, Optional<String> fromVia, E164 to, Optional<String> toVia, CallTerms terms) {}
