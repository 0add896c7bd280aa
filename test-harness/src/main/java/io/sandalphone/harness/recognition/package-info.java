/// How well recognizers hear human voices at telephone quality, and what they make of sounds that are no
/// speech.
@NullMarked
package io.sandalphone.harness.recognition;

import org.jspecify.annotations.NullMarked;
