/**
 * Ways to have a model loaded: as a server that a node runs, or inside of this JVM. Start reading
 * at {@link dev.flotilla.assistant.models.engine.Engine}.
 */
@NullMarked
package dev.flotilla.assistant.models.engine;

import org.jspecify.annotations.NullMarked;
