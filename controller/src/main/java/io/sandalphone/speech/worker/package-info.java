/// Recognition in a process of its own, which may die without costing more than an utterance.
@NullMarked
package io.sandalphone.speech.worker;

import org.jspecify.annotations.NullMarked;
