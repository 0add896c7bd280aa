@NullMarked
package io.sandalphone.providers.whisper;

import org.jspecify.annotations.NullMarked;
