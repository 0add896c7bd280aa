/// What calls cost, and when that is enough.
@NullMarked
package io.sandalphone.cost;

import org.jspecify.annotations.NullMarked;
