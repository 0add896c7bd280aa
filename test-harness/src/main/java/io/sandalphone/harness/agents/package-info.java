/// An agent as the gateway runs it, with everything around it modelled, in virtual time; and measured over real carriers.
@NullMarked
package io.sandalphone.harness.agents;

import org.jspecify.annotations.NullMarked;
