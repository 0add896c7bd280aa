/// Conversations with an agent as data: what a caller does, what must be heard, how the call ends.
@NullMarked
package io.sandalphone.harness.converse;

import org.jspecify.annotations.NullMarked;
