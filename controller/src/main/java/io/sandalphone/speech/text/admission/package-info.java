/// What of a final transcript need be voiced at all: no mere sounds, nothing that the listener
/// understands as it is, and no echo.
@NullMarked
package io.sandalphone.speech.text.admission;

import org.jspecify.annotations.NullMarked;
