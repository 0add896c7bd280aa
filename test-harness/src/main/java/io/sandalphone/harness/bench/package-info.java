/// Benchmarks of the controller beside a real Asterisk, of the vendors' clients beside fakes, and of the
/// local recognizer.
@NullMarked
package io.sandalphone.harness.bench;

import org.jspecify.annotations.NullMarked;
