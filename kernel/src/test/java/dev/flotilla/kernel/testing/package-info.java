/**
 * Fakes for tests of this and other rooms: a bus in memory, and time that passes when told to.
 * Start reading at {@link dev.flotilla.kernel.testing.FakeTime}.
 */
@NullMarked
package dev.flotilla.kernel.testing;

import org.jspecify.annotations.NullMarked;
