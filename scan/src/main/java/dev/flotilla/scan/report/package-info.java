/**
 * What was found, for people and machines: one writer a format. Start at {@link
 * dev.flotilla.scan.report.Format}.
 */
@NullMarked
package dev.flotilla.scan.report;

import org.jspecify.annotations.NullMarked;
