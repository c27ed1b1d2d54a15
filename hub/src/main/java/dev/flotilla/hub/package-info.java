/**
 * The foundation services ServiceRegistry, SystemDigitalTwin and ObservabilityHub. Start reading at
 * {@code ServiceRegistry}.
 */
@NullMarked
package dev.flotilla.hub;

import org.jspecify.annotations.NullMarked;
