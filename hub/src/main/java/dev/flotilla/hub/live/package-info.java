/**
 * Changes to many readers at once, none of whom can hold up the others. Start reading at {@link
 * dev.flotilla.hub.live.Broadcast}.
 */
@NullMarked
package dev.flotilla.hub.live;

import org.jspecify.annotations.NullMarked;
