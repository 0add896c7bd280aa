/// How what we send to a server of the operator's own is signed, sent and sent again.
@NullMarked
package io.sandalphone.webhook;

import org.jspecify.annotations.NullMarked;
