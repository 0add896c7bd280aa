@NullMarked
package io.sandalphone.providers.polly;

import org.jspecify.annotations.NullMarked;
