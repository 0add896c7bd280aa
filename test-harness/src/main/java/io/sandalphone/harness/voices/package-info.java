/// How well the voices of our own are understood: sentences of telephone talk, spoken, carried by a telephone and heard by Whisper.
@NullMarked
package io.sandalphone.harness.voices;

import org.jspecify.annotations.NullMarked;
