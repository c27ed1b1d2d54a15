/**
 * The pool of loaded models as pure decisions over the state of the cards. Start reading at {@link
 * dev.flotilla.assistant.models.pool.Placement}.
 */
@NullMarked
package dev.flotilla.assistant.models.pool;

import org.jspecify.annotations.NullMarked;
