@NullMarked
package io.sandalphone.providers.ollama;

import org.jspecify.annotations.NullMarked;
