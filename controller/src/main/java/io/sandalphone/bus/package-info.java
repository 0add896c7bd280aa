/// What one listener hears from us, and when: mixed, ducked, held back against jitter and paced.
@NullMarked
package io.sandalphone.bus;

import org.jspecify.annotations.NullMarked;
