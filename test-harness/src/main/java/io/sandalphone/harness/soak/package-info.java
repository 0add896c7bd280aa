/// Calls of every pair for hours, with faults and kills in between, and whether anything grows.
@NullMarked
package io.sandalphone.harness.soak;

import org.jspecify.annotations.NullMarked;
