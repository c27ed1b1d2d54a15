/**
 * Reading a repository of agents: parse, facts, rules and reports, also in files that do not parse.
 * Start reading at {@code Scan}.
 */
@NullMarked
package dev.flotilla.scan;

import org.jspecify.annotations.NullMarked;
