/**
 * Traces of requests for OpenTelemetry, with its names for generative AI. Off, and with nothing of
 * OpenTelemetry loaded, unless an endpoint is configured. Start reading at {@link
 * dev.flotilla.assistant.tracing.Tracing}.
 */
@NullMarked
package dev.flotilla.assistant.tracing;

import org.jspecify.annotations.NullMarked;
