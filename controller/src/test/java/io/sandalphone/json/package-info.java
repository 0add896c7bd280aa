@NullMarked
package io.sandalphone.json;

import org.jspecify.annotations.NullMarked;
