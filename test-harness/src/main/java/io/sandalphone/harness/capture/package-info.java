/// Captures of what passes a network card, by tcpdump, and their reading.
@NullMarked
package io.sandalphone.harness.capture;

import org.jspecify.annotations.NullMarked;
