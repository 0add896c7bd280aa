/// What is tried: a class for each item, or for a few that need the same.
@NullMarked
package io.sandalphone.harness.attack.cases;

import org.jspecify.annotations.NullMarked;
