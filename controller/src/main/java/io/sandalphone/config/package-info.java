/// Reading settings: files, environment, and every mistake at once.
@NullMarked
package io.sandalphone.config;

import org.jspecify.annotations.NullMarked;
