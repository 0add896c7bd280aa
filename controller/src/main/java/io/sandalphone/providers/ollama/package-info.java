/// Language models of an Ollama, as a brain, by its own protocol.
@NullMarked
package io.sandalphone.providers.ollama;

import org.jspecify.annotations.NullMarked;
