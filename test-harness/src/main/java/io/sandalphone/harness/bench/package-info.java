/// Benchmarks of the controller beside a real Asterisk, measured from the outside.
@NullMarked
package io.sandalphone.harness.bench;

import org.jspecify.annotations.NullMarked;
