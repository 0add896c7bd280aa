/// A gateway that is killed while calls are in every state, started anew, and judged by what the two in each call heard.
@NullMarked
package io.sandalphone.harness.kills;

import org.jspecify.annotations.NullMarked;
