/// What all vendors have alike that are asked over HTTP: the client and its limits, refusals, bodies that come line by line,
/// utterances that are understood whole, and sound that comes as a body.
@NullMarked
package io.sandalphone.speech.http;

import org.jspecify.annotations.NullMarked;
