/// What is taken past a translator and comes back whole, and what a translation must not have changed.
@NullMarked
package io.sandalphone.speech.text.protect;

import org.jspecify.annotations.NullMarked;
