/// What two phones said and heard, turned into figures: when, how loud, and whether at all.
@NullMarked
package io.sandalphone.harness.measure;

import org.jspecify.annotations.NullMarked;
