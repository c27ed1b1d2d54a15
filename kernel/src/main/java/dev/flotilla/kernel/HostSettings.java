package dev.flotilla.kernel;

import java.nio.file.Path;

/**
 * Whose services a host runs.
 *
 * @param fleet the fleet's name
 * @param machine the machine it runs on
 * @param group the group all its agents are of
 * @param state the fleet's state folder
 */
public record HostSettings(String fleet, String machine, String group, Path state) {}
