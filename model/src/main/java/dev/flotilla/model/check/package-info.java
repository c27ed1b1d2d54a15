/**
 * What is wrong with a fleet before anything starts: pure checks over the fleet and over facts of
 * this machine that are passed in. Start reading at {@link dev.flotilla.model.check.FleetCheck}.
 */
@NullMarked
package dev.flotilla.model.check;

import org.jspecify.annotations.NullMarked;
