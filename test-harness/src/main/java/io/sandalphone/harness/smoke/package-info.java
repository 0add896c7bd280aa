/// `scripts/smoke`: whether a deployment can be reached from outside as carriers and telephone systems
/// reach it.
@NullMarked
package io.sandalphone.harness.smoke;

import org.jspecify.annotations.NullMarked;
