/// One call to look at and listen to: made, measured and reported.
@NullMarked
package io.sandalphone.harness.demo;

import org.jspecify.annotations.NullMarked;
