/// Twilio as a carrier: its webhooks, its media sockets and its REST interface, turned into legs.
@NullMarked
package io.sandalphone.telephony.twilio;

import org.jspecify.annotations.NullMarked;
