/**
 * Who may use the door, for what, and how much of it: virtual keys, their budgets and their rates.
 * Start reading at {@link dev.flotilla.assistant.door.keys.KeyStore}.
 */
@NullMarked
package dev.flotilla.assistant.door.keys;

import org.jspecify.annotations.NullMarked;
