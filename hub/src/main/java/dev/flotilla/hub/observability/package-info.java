/**
 * What is seen of the fleet: the ObservabilityHub with its health summary, its metrics and its live
 * page. Start reading at {@link dev.flotilla.hub.observability.ObservabilityHub}; the page is made
 * from {@link dev.flotilla.hub.observability.AgentView}s.
 */
@NullMarked
package dev.flotilla.hub.observability;

import org.jspecify.annotations.NullMarked;
