/// A stand-in for Asterisk's REST interface (ARI), for tests that need no sound and no time.
@NullMarked
package io.sandalphone.harness.ari;

import org.jspecify.annotations.NullMarked;
