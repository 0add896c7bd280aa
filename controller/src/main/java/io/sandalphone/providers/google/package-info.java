/// Google Cloud Translation, both editions, turned into the translator port.
@NullMarked
package io.sandalphone.providers.google;

import org.jspecify.annotations.NullMarked;
