package dev.flotilla.assistant.jobs;

import java.time.Instant;

/**
 * A worker's right to a job.
 *
 * @param token what the worker shows to renew, complete or fail it
 * @param until when it ends unless it is renewed
 */
public record Lease(String token, Instant until, Job job) {}
