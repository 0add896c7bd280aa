/// Measuring sound: files, levels and the time at which each sample was heard.
@NullMarked
package io.sandalphone.harness.measure;

import org.jspecify.annotations.NullMarked;
