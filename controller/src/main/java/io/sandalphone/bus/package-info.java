/// What one listener hears from us, and when.
@NullMarked
package io.sandalphone.bus;

import org.jspecify.annotations.NullMarked;
