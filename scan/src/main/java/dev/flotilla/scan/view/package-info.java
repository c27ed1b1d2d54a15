/** One thing of a scan at a time, as a table. Start at {@link dev.flotilla.scan.view.View}. */
@NullMarked
package dev.flotilla.scan.view;

import org.jspecify.annotations.NullMarked;
