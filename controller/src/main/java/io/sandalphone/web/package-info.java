/// What everybody who answers HTTP does alike: who may ask as an operator, bodies read whole, answers.
@NullMarked
package io.sandalphone.web;

import org.jspecify.annotations.NullMarked;
