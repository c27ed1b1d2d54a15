/**
 * What people type about models and cards. Start reading at {@link
 * dev.flotilla.cli.models.ModelsCommand}.
 */
@NullMarked
package dev.flotilla.cli.models;

import org.jspecify.annotations.NullMarked;
