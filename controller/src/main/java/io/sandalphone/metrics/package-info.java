/// Every meter, with its unit and meaning.
@NullMarked
package io.sandalphone.metrics;

import org.jspecify.annotations.NullMarked;
