/**
 * Plans measured against Taskwarrior, Backlog.md and Task Master: cold commands, many writers, kill
 * at any moment, branches merged by git. One command, about seven minutes on two quiet cores, with
 * {@code task}, {@code backlog} and {@code task-master} on the PATH: {@code java -cp …
 * dev.flotilla.bench.plan.PlanBench} from the repository's root; {@code --help} shows its options.
 * Start reading at {@link dev.flotilla.bench.plan.PlanBench}.
 */
@NullMarked
package dev.flotilla.bench.plan;

import org.jspecify.annotations.NullMarked;
