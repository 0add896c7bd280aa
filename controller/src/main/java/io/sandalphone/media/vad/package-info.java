/// Whether a frame holds speech.
@NullMarked
package io.sandalphone.media.vad;

import org.jspecify.annotations.NullMarked;
