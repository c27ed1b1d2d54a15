package dev.flotilla.model;

import java.util.Optional;

/**
 * Agents that share one container or one JVM on one machine.
 *
 * @param machine the machine's name
 * @param container the image family they are packed in, when they are
 * @param description for people
 */
public record Group(
    String name, String machine, Optional<String> container, Optional<String> description) {}
