/// How a request is sent to somebody else: once, and which addresses lead into the internet.
@NullMarked
package io.sandalphone.http;

import org.jspecify.annotations.NullMarked;
