/// Sentences that must arrive, held against the command that tries them.
@NullMarked
package io.sandalphone.harness.sentences;

import org.jspecify.annotations.NullMarked;
