/** Tests of the scan commands. */
@org.jspecify.annotations.NullMarked
package dev.flotilla.cli.scan;
