/// The tone language: words that are tones, recognisable in any sound, and speech engines for it.
@NullMarked
package io.sandalphone.harness.tone;

import org.jspecify.annotations.NullMarked;
