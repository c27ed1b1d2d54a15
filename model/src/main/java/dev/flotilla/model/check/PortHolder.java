package dev.flotilla.model.check;

/**
 * A process that listens on a port.
 *
 * @param pid 0 when the process cannot be seen, as it is another user's
 * @param name of its program, as the system calls it
 */
public record PortHolder(int port, long pid, String name) {}
