/// The telephone's codings of sound, and conversion between rates.
@NullMarked
package io.sandalphone.media.codec;

import org.jspecify.annotations.NullMarked;
