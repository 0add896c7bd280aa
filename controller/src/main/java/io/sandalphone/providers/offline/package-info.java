/// The embedded engines that need no account: PocketSphinx, Apertium, SVOX Pico, Flite and espeak-ng turned into the speech ports.
@NullMarked
package io.sandalphone.providers.offline;

import org.jspecify.annotations.NullMarked;
