/**
 * Shows commands before they run, runs only what was shown, and keeps what they print. Start
 * reading at {@link dev.flotilla.plan.run.Preview}.
 */
@NullMarked
package dev.flotilla.plan.run;

import org.jspecify.annotations.NullMarked;
