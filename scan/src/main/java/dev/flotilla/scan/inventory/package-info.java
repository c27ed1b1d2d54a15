/**
 * What is there: one row an agent, and the picture of them all. Start at {@link
 * dev.flotilla.scan.inventory.Inventory}.
 */
@NullMarked
package dev.flotilla.scan.inventory;

import org.jspecify.annotations.NullMarked;
