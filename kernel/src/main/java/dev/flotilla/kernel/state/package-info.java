/**
 * Files that survive a kill at any moment. Start reading at {@link
 * dev.flotilla.kernel.state.AppendLog}.
 */
@NullMarked
package dev.flotilla.kernel.state;

import org.jspecify.annotations.NullMarked;
