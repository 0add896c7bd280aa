/// Interpreting a call: what one party says, spoken in the other's language to that other alone.
@NullMarked
package io.sandalphone.translate;

import org.jspecify.annotations.NullMarked;
