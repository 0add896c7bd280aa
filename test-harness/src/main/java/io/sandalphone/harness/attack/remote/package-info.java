/// `scripts/attack --target`: tries at a gateway that runs elsewhere what may be tried from outside.
@NullMarked
package io.sandalphone.harness.attack.remote;

import org.jspecify.annotations.NullMarked;
