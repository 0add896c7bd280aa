/// What the targets of `scripts/fuzz` share, and the test that gives each of them its corpus.
@NullMarked
package io.sandalphone.fuzz;

import org.jspecify.annotations.NullMarked;
