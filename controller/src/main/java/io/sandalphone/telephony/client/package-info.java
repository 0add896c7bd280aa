/// Browsers, softphones and tests as a carrier: the WebSocket `/client`, the tickets that let people in,
/// the rooms in which they meet, and the page `/phone`.
@NullMarked
package io.sandalphone.telephony.client;

import org.jspecify.annotations.NullMarked;
