/// How one speaker is listened to: their sound goes to an engine, utterance by utterance, and what of it is the echo of
/// what was voiced to them is known.
@NullMarked
package io.sandalphone.speech.input;

import org.jspecify.annotations.NullMarked;
