/**
 * What a service counts, in the Prometheus text format. Start reading at {@link
 * dev.flotilla.kernel.metrics.Metrics}.
 */
@NullMarked
package dev.flotilla.kernel.metrics;

import org.jspecify.annotations.NullMarked;
