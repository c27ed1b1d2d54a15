package dev.flotilla.assistant.jobs;

import java.util.List;

/** The tables, in SQL that SQLite and PostgreSQL both read. Times are milliseconds since 1970. */
final class Schema {
  private Schema() {}

  static List<String> statements() {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS jobs (
          id TEXT NOT NULL PRIMARY KEY,
          kind TEXT NOT NULL,
          state TEXT NOT NULL,
          priority INTEGER NOT NULL,
          payload TEXT NOT NULL,
          key TEXT,
          attempts INTEGER NOT NULL,
          max_attempts INTEGER NOT NULL,
          backoff BIGINT NOT NULL,
          created_at BIGINT NOT NULL,
          run_at BIGINT NOT NULL,
          started_at BIGINT,
          finished_at BIGINT,
          keep_for BIGINT NOT NULL,
          lease TEXT,
          lease_until BIGINT,
          worker TEXT,
          progress DOUBLE PRECISION,
          note TEXT,
          result TEXT,
          error TEXT)\
        """,
        "CREATE UNIQUE INDEX IF NOT EXISTS jobs_by_key ON jobs (kind, key)",
        "DROP INDEX IF EXISTS jobs_by_turn",
        """
        CREATE INDEX IF NOT EXISTS jobs_by_kind
          ON jobs (kind, state, priority DESC, run_at, id)\
        """,
        "CREATE INDEX IF NOT EXISTS jobs_by_time ON jobs (state, run_at)",
        """
        CREATE TABLE IF NOT EXISTS job_needs (
          job TEXT NOT NULL,
          needs TEXT NOT NULL,
          PRIMARY KEY (needs, job))\
        """,
        "CREATE INDEX IF NOT EXISTS needs_by_job ON job_needs (job)",
        """
        CREATE TABLE IF NOT EXISTS schedules (
          name TEXT NOT NULL PRIMARY KEY,
          kind TEXT NOT NULL,
          payload TEXT NOT NULL,
          priority INTEGER NOT NULL,
          cron TEXT NOT NULL,
          zone TEXT NOT NULL,
          next_at BIGINT NOT NULL)\
        """);
  }
}
