package io.sandalphone.telephony.asterisk;

import io.sandalphone.bus.Dialer;
import io.sandalphone.bus.MixedBridges;

import java.util.Set;

/// What joins a party on Asterisk with one at another carrier: `dialer` rings whoever is to be rung over
/// a carrier that is not this one ([io.sandalphone.telephony.Dial#via]). `sendingBack` are the carriers that bring
/// their party to Asterisk by SIP when we are gone.
public record Elsewhere(MixedBridges bridges, Dialer dialer, Set<String> sendingBack) {
    public Elsewhere {
        sendingBack = Set.copyOf(sendingBack);
    }
}
