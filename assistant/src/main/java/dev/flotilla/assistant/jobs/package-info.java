/**
 * The AsyncProcessor: work that must not be lost. Start reading at {@link
 * dev.flotilla.assistant.jobs.JobTable}, where every change of a job is one transaction.
 */
@NullMarked
package dev.flotilla.assistant.jobs;

import org.jspecify.annotations.NullMarked;
