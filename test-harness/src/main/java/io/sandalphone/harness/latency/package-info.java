/// How soon people are interpreted, and how well: the evaluation set.
@NullMarked
package io.sandalphone.harness.latency;

import org.jspecify.annotations.NullMarked;
