/// Google Cloud turned into the speech ports: Translation, both editions, Speech-to-Text and Text-to-Speech.
@NullMarked
package io.sandalphone.providers.google;

import org.jspecify.annotations.NullMarked;
