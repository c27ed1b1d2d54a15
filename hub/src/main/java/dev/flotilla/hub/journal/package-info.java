/**
 * A file of records that survives kill -9: appended to, checked line by line when it is opened, and
 * rewritten when it has grown. Start reading at {@link dev.flotilla.hub.journal.Journal}.
 */
@NullMarked
package dev.flotilla.hub.journal;

import org.jspecify.annotations.NullMarked;
