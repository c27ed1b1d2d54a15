/**
 * Who is where: the ServiceRegistry. {@link dev.flotilla.hub.registry.Registry} decides as a pure
 * function of its records and the time, {@link dev.flotilla.hub.registry.ServiceRegistry} keeps
 * them, asks and answers.
 */
@NullMarked
package dev.flotilla.hub.registry;

import org.jspecify.annotations.NullMarked;
