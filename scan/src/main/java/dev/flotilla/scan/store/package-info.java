/**
 * The cache of facts between runs: one file, keyed by path and content and by the rules' version,
 * written whole beside the old one and moved into its place. Start at {@link
 * dev.flotilla.scan.store.FactCache}.
 */
@NullMarked
package dev.flotilla.scan.store;

import org.jspecify.annotations.NullMarked;
