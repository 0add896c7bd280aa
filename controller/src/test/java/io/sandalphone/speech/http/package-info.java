@NullMarked
package io.sandalphone.speech.http;

import org.jspecify.annotations.NullMarked;
