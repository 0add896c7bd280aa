/// Work on an event loop that somebody outside it waits for.
@NullMarked
package io.sandalphone.harness.loop;

import org.jspecify.annotations.NullMarked;
