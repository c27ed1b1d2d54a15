/**
 * How plans look: as the listing people know, as JSON, as a page. Start reading at {@link
 * dev.flotilla.plan.view.ListingText}.
 */
@NullMarked
package dev.flotilla.plan.view;

import org.jspecify.annotations.NullMarked;
