package dev.flotilla.model;

import java.util.Optional;

/**
 * Agents that belong together on one machine. Its services share one JVM; commands and images each
 * run on their own.
 *
 * @param machine the machine's name
 * @param container the image its agents are meant to be packed in; changes nothing of how they run
 * @param description for people
 */
public record Group(
    String name, String machine, Optional<String> container, Optional<String> description) {}
