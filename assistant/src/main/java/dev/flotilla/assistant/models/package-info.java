/**
 * The ModelManagerSuite: which model is loaded on which card, and why. Start reading at {@code
 * pool.Placement}, the decision everything else serves.
 */
@NullMarked
package dev.flotilla.assistant.models;

import org.jspecify.annotations.NullMarked;
