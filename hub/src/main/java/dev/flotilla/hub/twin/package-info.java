/**
 * The SystemDigitalTwin: what is desired, what was observed and the difference as one graph, and
 * what would break if something failed or moved. All questions are pure functions over {@link
 * dev.flotilla.kernel.fleet.FleetView}; start reading at {@link
 * dev.flotilla.hub.twin.SystemDigitalTwin}.
 */
@NullMarked
package dev.flotilla.hub.twin;

import org.jspecify.annotations.NullMarked;
