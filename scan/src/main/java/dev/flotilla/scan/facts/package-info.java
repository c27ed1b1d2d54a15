/**
 * What is true of one file, whatever the rest of the repository says: small rows that can be kept
 * in a cache by the file's content. Start at {@link dev.flotilla.scan.facts.FileFacts}.
 */
@NullMarked
package dev.flotilla.scan.facts;

import org.jspecify.annotations.NullMarked;
