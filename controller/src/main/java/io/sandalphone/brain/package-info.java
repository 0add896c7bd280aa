/// The port for what answers a caller: the words of a conversation in, the words to say next out.
@NullMarked
package io.sandalphone.brain;

import org.jspecify.annotations.NullMarked;
