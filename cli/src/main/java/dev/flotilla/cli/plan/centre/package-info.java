/**
 * The full-screen command centre: what keys do is pure, {@link dev.flotilla.cli.plan.centre.Centre}
 * draws and acts. Start reading there.
 */
@NullMarked
package dev.flotilla.cli.plan.centre;

import org.jspecify.annotations.NullMarked;
