package io.sandalphone.call;

import io.sandalphone.telephony.E164;

/// Two numbers an operator wants joined: `from` is rung first and becomes the caller, `to` the
/// destination.
public record CallRequest(E164 from, E164 to, CallTerms terms) {}
