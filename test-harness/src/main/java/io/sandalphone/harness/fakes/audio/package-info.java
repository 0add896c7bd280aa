/// Fakes of services that hear and speak over HTTP, an utterance at a time: OpenAI's endpoints for sound and servers that imitate
/// them, Piper, Google's Speech-to-Text and Text-to-Speech.
@NullMarked
package io.sandalphone.harness.fakes.audio;

import org.jspecify.annotations.NullMarked;
