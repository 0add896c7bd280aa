/// What brains have alike that are language models, whoever serves them: the tools they are offered, their answers as they come,
/// and what they read and write.
@NullMarked
package io.sandalphone.brain.model;

import org.jspecify.annotations.NullMarked;
