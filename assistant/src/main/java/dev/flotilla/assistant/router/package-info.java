/**
 * The hybrid router: which class a request belongs to, which target answers it, and what to do when
 * that one does not. Start reading at {@link dev.flotilla.assistant.router.Route}.
 */
@NullMarked
package dev.flotilla.assistant.router;

import org.jspecify.annotations.NullMarked;
