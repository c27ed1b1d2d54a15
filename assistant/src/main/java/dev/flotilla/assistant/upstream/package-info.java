/**
 * The ways to ask a target: servers that speak OpenAI's or Anthropic's API, models of the pool, and
 * the built-in engine, all in the words of OpenAI's API. Start reading at {@link
 * dev.flotilla.assistant.upstream.Upstream}.
 */
@NullMarked
package dev.flotilla.assistant.upstream;

import org.jspecify.annotations.NullMarked;
