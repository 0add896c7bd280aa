/// A controller beside the real Asterisk, calls of SIP telephones through it, and what the two in a call miss of each other.
@NullMarked
package io.sandalphone.harness.calls;

import org.jspecify.annotations.NullMarked;
