/// What in a text must arrive whole, and what need not be spoken.
@NullMarked
package io.sandalphone.speech.text;

import org.jspecify.annotations.NullMarked;
