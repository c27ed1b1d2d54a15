/**
 * What happened to a plan: one line of JSON an event, only ever appended. Start reading at {@link
 * dev.flotilla.plan.event.History}.
 */
@NullMarked
package dev.flotilla.plan.event;

import org.jspecify.annotations.NullMarked;
