package dev.flotilla.plan.desk;

import dev.flotilla.plan.markdown.PlanText;

/** The first phase of a plan made with its protocol. */
final class Protocol {
  private Protocol() {}

  static PlanText.Draft phase(String id) {
    String body =
        """

        **Explanations:**
        How to work with this plan. Read the IMPORTANT NOTE of a phase before you begin it.

        **Tasks:**
        1. [ ] See what is next: `flotilla plan next`
        2. [ ] Claim it, see its commands, run what you saw: `flotilla plan exec %1$s K`
        3. [ ] See what must hold: `flotilla plan gate %1$s K`
        4. [ ] Close it: `flotilla plan done %1$s K`

        **Concluding Step: Phase Completion Protocol**
        Review the completed phase and the next one, then close this phase.

        IMPORTANT NOTE: Do not go on until the current phase is complete. Review the completed
        phase and the next one.
        """
            .formatted(id);
    return new PlanText.Draft("PHASE 0: SETUP & PROTOCOL (READ FIRST)", false, body);
  }
}
