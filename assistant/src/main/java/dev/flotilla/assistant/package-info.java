/**
 * The services of the minimal system that answer people: requests, models, jobs and caches. Start
 * reading at the package of the service you are after.
 */
@NullMarked
package dev.flotilla.assistant;

import org.jspecify.annotations.NullMarked;
