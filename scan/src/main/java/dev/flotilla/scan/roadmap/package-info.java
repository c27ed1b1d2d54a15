/**
 * Findings as work: initiatives with effort, return and order, written as a plan. Start at {@link
 * dev.flotilla.scan.roadmap.Roadmap}.
 */
@NullMarked
package dev.flotilla.scan.roadmap;

import org.jspecify.annotations.NullMarked;
