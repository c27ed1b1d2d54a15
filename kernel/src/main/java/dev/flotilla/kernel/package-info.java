/**
 * What every long-running part is made of: service lifecycle, operations, HTTP, health, metrics,
 * configuration, flags and breakers. Start reading at {@code Service}.
 */
@NullMarked
package dev.flotilla.kernel;

import org.jspecify.annotations.NullMarked;
