/** Tests of the scan. */
@NullMarked
package dev.flotilla.scan.report;

import org.jspecify.annotations.NullMarked;
