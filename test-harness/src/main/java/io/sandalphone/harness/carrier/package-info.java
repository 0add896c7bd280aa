/// What simulated carriers of media streams share: the telephones, the network's clock and rooms, the
/// documents that a call runs, the stream's socket and play buffer, and what goes wrong on demand.
@NullMarked
package io.sandalphone.harness.carrier;

import org.jspecify.annotations.NullMarked;
