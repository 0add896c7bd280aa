/// AssemblyAI's Universal-Streaming v3 as a transcriber.
@NullMarked
package io.sandalphone.providers.assemblyai;

import org.jspecify.annotations.NullMarked;
