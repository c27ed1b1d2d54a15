package dev.flotilla.kernel.flags;

import dev.flotilla.model.Flag;
import java.time.Instant;

/**
 * One change of a flag at run time, as kept in its history and published on {@code
 * flotilla.event.flag.<flag>}.
 *
 * @param who the user or program that asked for it
 * @param from the setting before, in the words of {@link FlagSetting}
 * @param to the setting after
 * @param reason in words; empty when none was given
 * @param now the flag after the change
 */
public record FlagChange(
    String flag, Instant when, String who, String from, String to, String reason, Flag now) {}
