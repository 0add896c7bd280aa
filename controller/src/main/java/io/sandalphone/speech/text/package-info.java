/// What in a text must arrive whole, and what need not be spoken.
///
/// Its rooms, each of which uses those after it and none before it:
///
/// - [io.sandalphone.speech.text.aloud]: what a voice would read wrong by itself
/// - [io.sandalphone.speech.text.protect]: what is taken past a translator, and checked
/// - [io.sandalphone.speech.text.admission]: what need be voiced at all
/// - [io.sandalphone.speech.text.number]: the values in a text, read and compared
/// - [io.sandalphone.speech.text.value]: what a value is, and how it is written
/// - [io.sandalphone.speech.text.lexicon]: the words of each language, by what they do
///
/// To everybody else they are one instrument with one place in the layers. A lower layer for
/// `number` and `value` would let any other instrument use them, and none has a use for them; and the rule
/// against circles holds the rooms in this order already.
@NullMarked
package io.sandalphone.speech.text;

import org.jspecify.annotations.NullMarked;
