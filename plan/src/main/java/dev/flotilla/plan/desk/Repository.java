package dev.flotilla.plan.desk;

/** What version control knows of the workspace. */
public interface Repository {
  /** The commit that is checked out; empty outside a repository. */
  String commit();

  /**
   * Names the state of all files except the plans, changed ones too; the same only while nothing
   * changed. Empty outside a repository, where nothing counts as unchanged.
   */
  String fingerprint();

  /** No repository at all. */
  Repository NONE =
      new Repository() {
        @Override
        public String commit() {
          return "";
        }

        @Override
        public String fingerprint() {
          return "";
        }
      };
}
