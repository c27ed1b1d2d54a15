/** Tests of {@code flotilla plan}. */
@org.jspecify.annotations.NullMarked
package dev.flotilla.cli.plan;
