@NullMarked
package io.sandalphone.providers.offline;

import org.jspecify.annotations.NullMarked;
