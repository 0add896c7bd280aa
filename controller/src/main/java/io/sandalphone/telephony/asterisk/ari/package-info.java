/// The wire to one Asterisk: requests, and events in the order in which they happened.
@NullMarked
package io.sandalphone.telephony.asterisk.ari;

import org.jspecify.annotations.NullMarked;
