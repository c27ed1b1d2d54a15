/**
 * Plans on disk: atomic replacement, locks that queue, an index that may be deleted at any time.
 * Start reading at {@link dev.flotilla.plan.store.PlanStore}.
 */
@NullMarked
package dev.flotilla.plan.store;

import org.jspecify.annotations.NullMarked;
