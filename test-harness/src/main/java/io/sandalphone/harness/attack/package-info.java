/// `scripts/attack`: tries, against a running gateway, what once broke a promise, and says of each
/// item whether it holds.
@NullMarked
package io.sandalphone.harness.attack;

import org.jspecify.annotations.NullMarked;
