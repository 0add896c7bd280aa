/// Tests of the instruments with which voices are compared.
@NullMarked
package io.sandalphone.harness.voices;

import org.jspecify.annotations.NullMarked;
