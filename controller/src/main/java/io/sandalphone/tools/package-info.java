/// What an agent can do while it answers, beside talking: tools behind HTTP, and messages that it takes for somebody.
@NullMarked
package io.sandalphone.tools;

import org.jspecify.annotations.NullMarked;
