/// Piper's own HTTP server, which speaks.
@NullMarked
package io.sandalphone.providers.piper;

import org.jspecify.annotations.NullMarked;
