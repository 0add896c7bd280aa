/// Legs of a carrier whose calls are steered by XML documents and heard over media streams: how one comes,
/// breaks off, is taken back and ends, in whatever dialect of documents and requests.
@NullMarked
package io.sandalphone.telephony.markup;

import org.jspecify.annotations.NullMarked;
