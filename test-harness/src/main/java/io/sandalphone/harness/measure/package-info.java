/// Measuring sound: files, levels, the time at which each sample was heard, and what was heard in it.
@NullMarked
package io.sandalphone.harness.measure;

import org.jspecify.annotations.NullMarked;
