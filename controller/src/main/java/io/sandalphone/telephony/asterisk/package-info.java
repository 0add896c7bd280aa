/// Asterisk, over ARI and RTP, turned into legs: the overlay shape of a call.
@NullMarked
package io.sandalphone.telephony.asterisk;

import org.jspecify.annotations.NullMarked;
