@NullMarked
package io.sandalphone.providers.backend;

import org.jspecify.annotations.NullMarked;
