@NullMarked
package io.sandalphone.harness.demo;

import org.jspecify.annotations.NullMarked;
