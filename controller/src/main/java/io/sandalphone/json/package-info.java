/// What other programs send as JSON, read as far as it can be understood.
@NullMarked
package io.sandalphone.json;

import org.jspecify.annotations.NullMarked;
