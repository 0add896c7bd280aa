/// A call's life: its states, its legs, the registry.
@NullMarked
package io.sandalphone.call;

import org.jspecify.annotations.NullMarked;
