/// The carriers' legs as a library: calls at Twilio and Telnyx for a Java program that hears and speaks them itself. Published
/// with what it needs of the packages below as the artifact `io.sandalphone:transport`; the gateway does not use it.
@NullMarked
package io.sandalphone.transport;

import org.jspecify.annotations.NullMarked;
