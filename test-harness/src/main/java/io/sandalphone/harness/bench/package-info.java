/// Benchmarks of the controller beside a real Asterisk, and of the vendors' clients beside fakes.
@NullMarked
package io.sandalphone.harness.bench;

import org.jspecify.annotations.NullMarked;
