/// What carriers of media streams have in common: the sockets over which a leg's sound comes and goes,
/// who may open one, and what is known of the sound that a carrier has not played yet.
@NullMarked
package io.sandalphone.telephony.stream;

import org.jspecify.annotations.NullMarked;
