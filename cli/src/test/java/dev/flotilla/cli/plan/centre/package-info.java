/** Tests of the command centre. */
@org.jspecify.annotations.NullMarked
package dev.flotilla.cli.plan.centre;
