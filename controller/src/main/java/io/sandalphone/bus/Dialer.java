package io.sandalphone.bus;

import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;

/// Rings a party's phone at the carrier that is to have it; [LegContext#party] says which party it is.
@FunctionalInterface
public interface Dialer {
    /// As [io.sandalphone.telephony.LegCarrier#dial] does it.
    Leg dial(LegContext context, Dial dial);
}
