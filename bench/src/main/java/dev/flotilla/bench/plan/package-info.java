/**
 * Plans measured against Taskwarrior, Backlog.md and Task Master: cold commands, many writers, kill
 * at any moment. Start reading at {@link dev.flotilla.bench.plan.PlanBench}.
 */
@NullMarked
package dev.flotilla.bench.plan;

import org.jspecify.annotations.NullMarked;
