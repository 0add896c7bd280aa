/// The words of each language, in one file for each, by what they do. Another language begins with another
/// file; how its clock and its dates are put together are the rules of `number`.
@NullMarked
package io.sandalphone.speech.text.lexicon;

import org.jspecify.annotations.NullMarked;
