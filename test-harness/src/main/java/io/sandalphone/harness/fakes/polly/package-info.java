/// A stand-in for Amazon Polly.
@NullMarked
package io.sandalphone.harness.fakes.polly;

import org.jspecify.annotations.NullMarked;
