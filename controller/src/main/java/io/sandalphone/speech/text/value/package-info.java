/// What a number in a sentence stands for, when two of them are the same to a listener, and how a voice's
/// language writes them.
@NullMarked
package io.sandalphone.speech.text.value;

import org.jspecify.annotations.NullMarked;
