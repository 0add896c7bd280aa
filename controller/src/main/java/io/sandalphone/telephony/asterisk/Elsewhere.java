package io.sandalphone.telephony.asterisk;

import io.sandalphone.bus.Dialer;
import io.sandalphone.bus.MixedBridges;

/// What joins a party on Asterisk with one at another carrier: `dialer` rings whoever is to be rung over
/// a carrier that is not this one ([io.sandalphone.telephony.Dial#via]).
public record Elsewhere(MixedBridges bridges, Dialer dialer) {}
