/** Tests of the views. */
@NullMarked
package dev.flotilla.cli.view;

import org.jspecify.annotations.NullMarked;
