package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Work that comes again.
 *
 * @param cron see {@link Cron}
 * @param nextAt when it is submitted next
 */
public record Schedule(
    String name,
    String kind,
    JsonNode payload,
    int priority,
    String cron,
    String zone,
    Instant nextAt) {}
