/// Telnyx as a carrier: its TeXML webhooks, its media sockets and its REST interface, turned into legs.
@NullMarked
package io.sandalphone.telephony.telnyx;

import org.jspecify.annotations.NullMarked;
