/**
 * Plans as Markdown files, their gates, the execution of their commands and the evidence kept.
 * Start reading at {@link dev.flotilla.plan.Plan}; {@code desk} is what people and agents use.
 */
@NullMarked
package dev.flotilla.plan;

import org.jspecify.annotations.NullMarked;
