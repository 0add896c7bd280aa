/// Fallback, breaking, deadlines and hedging around the speech ports, as speech ports themselves.
@NullMarked
package io.sandalphone.speech.resilience;

import org.jspecify.annotations.NullMarked;
