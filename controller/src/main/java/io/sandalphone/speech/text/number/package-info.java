/// Reads the values out of a text, in every way in which it can be meant, and compares those of two texts.
///
/// [io.sandalphone.speech.text.number.ValueReader] hands the text to one reader for each kind of value;
/// what they share is the [io.sandalphone.speech.text.number.Draft].
@NullMarked
package io.sandalphone.speech.text.number;

import org.jspecify.annotations.NullMarked;
