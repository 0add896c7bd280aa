/// What a voice would read wrong by itself, and the words with which it reads it right.
@NullMarked
package io.sandalphone.speech.text.aloud;

import org.jspecify.annotations.NullMarked;
