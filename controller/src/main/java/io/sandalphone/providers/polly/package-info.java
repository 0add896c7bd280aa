/// Amazon Polly, turned into the port that speaks.
@NullMarked
package io.sandalphone.providers.polly;

import org.jspecify.annotations.NullMarked;
