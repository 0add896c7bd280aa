/// How a request is sent to somebody else: once.
@NullMarked
package io.sandalphone.http;

import org.jspecify.annotations.NullMarked;
