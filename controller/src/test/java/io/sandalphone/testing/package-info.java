/// What tests have in common.
@NullMarked
package io.sandalphone.testing;

import org.jspecify.annotations.NullMarked;
