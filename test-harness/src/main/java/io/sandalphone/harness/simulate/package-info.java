/// `scripts/simulate`: a call at a simulated carrier to a gateway that runs somewhere.
@NullMarked
package io.sandalphone.harness.simulate;

import org.jspecify.annotations.NullMarked;
