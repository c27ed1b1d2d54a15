/**
 * {@code flotilla jobs}: see, submit, call off, replay and watch the jobs of a running fleet. Start
 * reading at {@link dev.flotilla.cli.jobs.JobsCommand}.
 */
@NullMarked
package dev.flotilla.cli.jobs;

import org.jspecify.annotations.NullMarked;
