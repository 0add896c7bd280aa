/// Recognition and voices in processes of their own, which may die without costing more than an utterance or a phrase.
@NullMarked
package io.sandalphone.speech.worker;

import org.jspecify.annotations.NullMarked;
