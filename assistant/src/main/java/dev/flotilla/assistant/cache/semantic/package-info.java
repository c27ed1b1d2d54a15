/**
 * Answers to questions that were asked before in other words, and the guards without which such a
 * cache tells how to disable what one wants to enable. Start reading at {@link
 * dev.flotilla.assistant.cache.semantic.SemanticCache}.
 */
@NullMarked
package dev.flotilla.assistant.cache.semantic;

import org.jspecify.annotations.NullMarked;
