@NullMarked
package io.sandalphone.harness.measure;

import org.jspecify.annotations.NullMarked;
