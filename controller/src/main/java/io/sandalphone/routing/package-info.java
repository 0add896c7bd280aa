/// What becomes of a number that is called: whom it reaches, on which terms, and how often.
@NullMarked
package io.sandalphone.routing;

import org.jspecify.annotations.NullMarked;
