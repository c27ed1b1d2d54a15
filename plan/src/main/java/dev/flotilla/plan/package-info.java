/**
 * Plans as Markdown files, their gates, the execution of their commands and the evidence kept.
 * Start reading at {@code Plan}.
 */
@NullMarked
package dev.flotilla.plan;

import org.jspecify.annotations.NullMarked;
