/**
 * Plans from other forms and into them: task files, listings, check lists, HTML, CSV. Start reading
 * at {@link dev.flotilla.plan.exchange.Importer}.
 */
@NullMarked
package dev.flotilla.plan.exchange;

import org.jspecify.annotations.NullMarked;
