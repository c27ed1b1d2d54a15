/**
 * Time as a thing that is handed in, so that tests never wait. Start reading at {@link
 * dev.flotilla.kernel.time.Timers}.
 */
@NullMarked
package dev.flotilla.kernel.time;

import org.jspecify.annotations.NullMarked;
