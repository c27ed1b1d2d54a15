package dev.flotilla.model;

import java.time.Duration;

/**
 * When somebody is to be told.
 *
 * @param condition such as {@code gpu.vram.used > 90%}; kept as written, evaluated by the hub
 * @param after how long it must hold
 * @param severity {@code info}, {@code warning} or {@code critical}
 */
public record AlertRule(
    String name, String condition, Duration after, String severity, String message) {}
