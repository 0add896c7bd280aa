/// Where utterances begin and end.
@NullMarked
package io.sandalphone.speech.segment;

import org.jspecify.annotations.NullMarked;
