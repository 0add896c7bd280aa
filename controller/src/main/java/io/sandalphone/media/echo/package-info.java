/// Whether a telephone sends back what it was sent.
@NullMarked
package io.sandalphone.media.echo;

import org.jspecify.annotations.NullMarked;
