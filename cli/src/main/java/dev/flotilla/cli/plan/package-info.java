/**
 * {@code flotilla plan …}: one class a command over the desk of the plan room. Start reading at
 * {@link dev.flotilla.cli.plan.PlanCommand}.
 */
@NullMarked
package dev.flotilla.cli.plan;

import org.jspecify.annotations.NullMarked;
