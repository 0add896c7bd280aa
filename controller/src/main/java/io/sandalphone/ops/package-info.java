/// What operators see and do: health, sessions, calls, metrics, events, over HTTP.
@NullMarked
package io.sandalphone.ops;

import org.jspecify.annotations.NullMarked;
