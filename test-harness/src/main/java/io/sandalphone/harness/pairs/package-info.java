/// Any two people in a call, whatever carries each of them: one way to dial, answer, say, hear and hang up.
@NullMarked
package io.sandalphone.harness.pairs;

import org.jspecify.annotations.NullMarked;
