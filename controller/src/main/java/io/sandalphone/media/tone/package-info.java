/// The tones of telephone networks, made rather than played.
@NullMarked
package io.sandalphone.media.tone;

import org.jspecify.annotations.NullMarked;
