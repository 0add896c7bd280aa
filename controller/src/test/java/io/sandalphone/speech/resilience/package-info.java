@NullMarked
package io.sandalphone.speech.resilience;

import org.jspecify.annotations.NullMarked;
