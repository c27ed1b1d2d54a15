package dev.flotilla.plan.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the tools are called and take. Kept short: agents read it all before they do anything. */
final class Definitions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "plan id; its first or last letters do";
  private static final String PHASE = "phase number";

  private Definitions() {}

  /** The answer to {@code tools/list}. */
  static ObjectNode all() {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode tools = root.putArray("tools");
    tool(
            tools,
            "plan_list",
            "Plans and their phases, or with view=next what can be done now.",
            true)
        .text("view", "open (default), all or next");
    tool(tools, "plan_show", "A plan, or one phase with its text, tasks, commands, evidence.", true)
        .text("id", ID, true)
        .number("phase", PHASE);
    tool(
            tools,
            "plan_write",
            "New plan (description), new phase (id, text) or new task (id, phase, text).",
            false)
        .text("description", "what a new plan is for")
        .text("id", ID)
        .number("phase", PHASE)
        .text("text", "title; further lines are the text of the phase");
    tool(
            tools,
            "plan_claim",
            "Claim a phase for yourself (default: the first free one), or release it.",
            false)
        .text("id", ID, true)
        .number("phase", PHASE)
        .number("minutes", "how long the claim holds; 30")
        .flag("release", "give it back");
    tool(
            tools,
            "plan_exec",
            "Preview a phase's commands; with run=HASH of the preview run exactly those.",
            false)
        .text("id", ID, true)
        .number("phase", PHASE, true)
        .number("command", "only this one")
        .text("run", "hash of the preview")
        .flag("rollback", "the rollback commands, last first")
        .object("set", "values for placeholders")
        .text("unfinished", "repeat or skip a step that was begun and never ended")
        .number("timeout_s", "for each step; 1800");
    tool(
            tools,
            "plan_check",
            "What a phase's gate says; run=HASH runs its commands; ack=true acknowledges the"
                + " IMPORTANT NOTE.",
            false)
        .text("id", ID, true)
        .number("phase", PHASE, true)
        .text("run", "hash shown by the check")
        .flag("ack", "you read and understood the note");
    tool(
            tools,
            "plan_done",
            "Close a phase when its gate holds, tick a task, or undo either.",
            false)
        .text("id", ID, true)
        .number("phase", PHASE, true)
        .text("task", "only this task, as 2 or 2.1")
        .number("confidence", "percent, after a review; below the limit review again")
        .text("run", "hash of the gate's commands to run now")
        .flag("undo", "open it again")
        .text("reason", "why undone or forced")
        .flag("force", "close it although something is missing; logged for ever");
    return root;
  }

  private static Tool tool(ArrayNode tools, String name, String description, boolean reads) {
    ObjectNode tool = tools.addObject().put("name", name).put("description", description);
    ObjectNode schema = tool.putObject("inputSchema").put("type", "object");
    schema.putObject("properties");
    tool.putObject("annotations").put("readOnlyHint", reads);
    return new Tool(schema);
  }

  /** Adds parameters to the schema of one tool. */
  private record Tool(ObjectNode schema) {
    private Tool add(String name, String type, String words, boolean required) {
      schema.withObject("/properties").putObject(name).put("type", type).put("description", words);
      if (required) {
        schema.withArray("/required").add(name);
      }
      return this;
    }

    Tool text(String name, String words) {
      return add(name, "string", words, false);
    }

    Tool text(String name, String words, boolean required) {
      return add(name, "string", words, required);
    }

    Tool number(String name, String words) {
      return add(name, "number", words, false);
    }

    Tool number(String name, String words, boolean required) {
      return add(name, "number", words, required);
    }

    Tool flag(String name, String words) {
      return add(name, "boolean", words, false);
    }

    Tool object(String name, String words) {
      return add(name, "object", words, false);
    }
  }
}
