@NullMarked
package io.sandalphone.providers.openai;

import org.jspecify.annotations.NullMarked;
