/**
 * What people, agents and pages can do with plans: one engine under all faces, each action checked,
 * written and logged. Start reading at {@link dev.flotilla.plan.desk.Desk}.
 */
@NullMarked
package dev.flotilla.plan.desk;

import org.jspecify.annotations.NullMarked;
