/// A stand-in for AssemblyAI's Universal-Streaming v3, which hears what really arrives.
@NullMarked
package io.sandalphone.harness.fakes.assemblyai;

import org.jspecify.annotations.NullMarked;
