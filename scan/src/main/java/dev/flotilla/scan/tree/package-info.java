/**
 * Which files there are: the tree of a repository without what git ignores. Start at {@link
 * dev.flotilla.scan.tree.SourceTree}.
 */
@NullMarked
package dev.flotilla.scan.tree;

import org.jspecify.annotations.NullMarked;
