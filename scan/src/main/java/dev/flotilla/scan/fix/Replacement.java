package dev.flotilla.scan.fix;

import dev.flotilla.scan.rules.Rule;

/**
 * Other text for a part of a file.
 *
 * @param start offset of the first character
 * @param end offset after the last one
 * @param line the finding's line, to say so when it cannot be done
 */
record Replacement(int start, int end, String text, Rule rule, int line) {}
