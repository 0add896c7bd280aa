/// Engines that know a few sentences by their sound, so that a call can be tried with human voices and
/// every word of it be known.
@NullMarked
package io.sandalphone.harness.recorded;

import org.jspecify.annotations.NullMarked;
