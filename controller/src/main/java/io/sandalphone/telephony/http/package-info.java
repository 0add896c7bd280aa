/// Calls of a telephone system that only speaks HTTP: requests turned into the leg of a caller.
@NullMarked
package io.sandalphone.telephony.http;

import org.jspecify.annotations.NullMarked;
