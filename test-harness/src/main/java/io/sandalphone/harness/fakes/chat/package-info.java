/// Fakes of servers that language models stand behind, OpenAI's chat completions and Ollama, and the script by which the model
/// answers.
@NullMarked
package io.sandalphone.harness.fakes.chat;

import org.jspecify.annotations.NullMarked;
