/**
 * The jobs: how fast a durable one is submitted and begun beside Python's task queues, and what is
 * left of them when the process that keeps them is killed. Start reading at {@code JobsBench},
 * which is one command of about five minutes: {@code JobsBench --python PYTHON --report
 * bench/reports/jobs.md}, where PYTHON is that of an environment with {@code huey rq procrastinate
 * psycopg[binary]}; redis-server and PostgreSQL are found by themselves.
 */
@NullMarked
package dev.flotilla.bench.jobs;

import org.jspecify.annotations.NullMarked;
