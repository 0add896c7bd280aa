/// An agent answers a call: hears one caller, thinks with a [io.sandalphone.brain.Brain], and speaks to them.
@NullMarked
package io.sandalphone.agent;

import org.jspecify.annotations.NullMarked;
