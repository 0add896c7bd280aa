/// Clocks, what is due by them, and the loop that owns a call.
@NullMarked
package io.sandalphone.time;

import org.jspecify.annotations.NullMarked;
