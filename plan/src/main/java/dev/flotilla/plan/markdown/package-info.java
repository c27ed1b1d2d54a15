/**
 * Reads plans from Markdown and changes them by the smallest splice. Start reading at {@link
 * dev.flotilla.plan.markdown.PlanReader}.
 */
@NullMarked
package dev.flotilla.plan.markdown;

import org.jspecify.annotations.NullMarked;
