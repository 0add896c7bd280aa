@NullMarked
package io.sandalphone.providers.google;

import org.jspecify.annotations.NullMarked;
