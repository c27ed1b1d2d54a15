package dev.flotilla.plan.markdown;

/** Plans for tests. */
public final class Samples {
  private Samples() {}

  /** Three phases with everything a phase can have. */
  public static final String FULL =
      """
      ---
      id: build-faster
      description: "Build: faster"
      status: in_progress
      created: 2026-11-20T08:00:00Z
      owner: ana
      # kept
      ---

      # Any words

      ## PHASE 0: SETUP & PROTOCOL (READ FIRST) ✔

      **Explanations:**
      Read `## PHASE 9: not a heading` well.

      IMPORTANT NOTE: Read first. Repeat the review if your confidence score is below 90%.

      ## PHASE 1: Build the images
      Needs: none

      **Tasks:**
      1. [x] Review the risks
      2. [ ] Create images
         - [ ] base-python
         - [x] base-utils
      3. Verify them

      **Commands:**
      ```bash
      echo "<task_id> <PHASE_INDEX>"
      ```
      1.  Indented:
          ```sh
          printf 'two\\n'
            exit 0
          ```
      ```yaml
      a: b
      ```

      **Rollback:**
      ```bash
      echo back
      ```

      ```gate
      command: true
      confidence >= 90 %
      ```

      **Concluding Step: Phase Completion Protocol**
      ```bash
      python3 todo_manager.py done <task_id> 1
      ```

      ──────────────────────────────────
      IMPORTANT NOTE: Images carry all else.
      - Second line.

      ## [ ] PHASE 2: Deploy
      Needs: PHASE 0, 1
      """;
}
