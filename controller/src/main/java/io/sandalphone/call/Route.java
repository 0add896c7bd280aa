package io.sandalphone.call;

import io.sandalphone.telephony.E164;

import java.util.Optional;

/// Where a call to one of our numbers goes, over which carrier, and on which terms. `via` is that
/// carrier's name ([io.sandalphone.telephony.Carrier#name]); empty: the one at which the call arrived.
public record Route(E164 destination, Optional<String> via, CallTerms terms) {}
