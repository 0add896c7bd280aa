/// Loops for those outside them: an event loop that is waited for, and one whose time is virtual.
@NullMarked
package io.sandalphone.harness.loop;

import org.jspecify.annotations.NullMarked;
