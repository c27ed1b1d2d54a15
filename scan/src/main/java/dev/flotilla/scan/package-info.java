/**
 * Reading a repository of agents: what is there, how it hangs together, what is wrong. Start at
 * {@link dev.flotilla.scan.Scan}; the packages follow the data: tree, python and read, facts and
 * store, graph and topology, checks, report.
 */
@NullMarked
package dev.flotilla.scan;

import org.jspecify.annotations.NullMarked;
