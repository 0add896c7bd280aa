/// A stand-in for the language model of a small firm's front desk, in English and Spanish.
@NullMarked
package io.sandalphone.harness.receptionist;

import org.jspecify.annotations.NullMarked;
