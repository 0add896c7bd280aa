/// Sound as a value: frames, where they go, and at which rate.
@NullMarked
package io.sandalphone.media;

import org.jspecify.annotations.NullMarked;
