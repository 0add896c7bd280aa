/// Whisper on this machine, which hears English, Spanish and many more, turned into a speech port.
@NullMarked
package io.sandalphone.providers.whisper;

import org.jspecify.annotations.NullMarked;
