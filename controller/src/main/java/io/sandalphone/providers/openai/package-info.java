/// Servers that speak OpenAI's protocol, as a brain: OpenAI itself, and vLLM, llama.cpp, LM Studio, Ollama and others.
@NullMarked
package io.sandalphone.providers.openai;

import org.jspecify.annotations.NullMarked;
