/// Constructs everything by hand, starts it, drains it, stops it.
@NullMarked
package io.sandalphone.app;

import org.jspecify.annotations.NullMarked;
