package io.sandalphone.call;

import io.sandalphone.telephony.E164;

/// Where a call to one of our numbers goes, and on which terms.
public record Route(E164 destination, CallTerms terms) {}
