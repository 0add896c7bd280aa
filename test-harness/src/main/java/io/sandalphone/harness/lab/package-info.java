/// A real Asterisk with real SIP phones around it, in network namespaces of their own.
@NullMarked
package io.sandalphone.harness.lab;

import org.jspecify.annotations.NullMarked;
