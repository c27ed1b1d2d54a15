/**
 * What decides that something is wrong, and what a finding is. Start at {@link
 * dev.flotilla.scan.rules.Rule}: every rule with its number, severity, reason and cure.
 */
@NullMarked
package dev.flotilla.scan.rules;

import org.jspecify.annotations.NullMarked;
