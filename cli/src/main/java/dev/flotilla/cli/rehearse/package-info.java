/**
 * Proves a manifest's topology with stand-ins under the real supervision before the real machines
 * are touched. Start reading at {@link dev.flotilla.cli.rehearse.RehearsalPlan}.
 */
@NullMarked
package dev.flotilla.cli.rehearse;

import org.jspecify.annotations.NullMarked;
