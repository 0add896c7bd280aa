/// A SIP phone that owns every packet it sends and keeps every packet it gets.
@NullMarked
package io.sandalphone.harness.sip;

import org.jspecify.annotations.NullMarked;
