/** Checks a history of repeated and reordered submits without any of the service's own code. */
import type { Effects, Send } from "./history.ts";

export function checkSubmits(sends: readonly Send[], effects: Effects): string[] {
  const problems = [...checkIds(sends), ...checkIntents(sends, effects)];
  if (effects.ratersWithTwoLive > 0) problems.push(`${effects.ratersWithTwoLive} raters have two live tasks`);
  return problems;
}

/** One id: one accepted body, one reply, given to each repeat; the body altered is refused from then on. */
function checkIds(sends: readonly Send[]): string[] {
  const out = new Map<string, number>();
  const count = (what: string) => out.set(what, (out.get(what) ?? 0) + 1);
  for (const same of Map.groupBy(sends, (s) => `${s.userId}/${s.submissionId}`).values()) {
    const accepted = same.filter((s) => s.outcome === "ok");
    if (accepted.length === 0) continue;
    if (new Set(accepted.map((s) => s.body)).size > 1) count("ids were accepted with two bodies");
    if (new Set(accepted.map((s) => s.reply)).size > 1) count("ids got two different replies");
    const firstAnswer = Math.min(...accepted.map((s) => s.answeredAt));
    const body = accepted[0]?.body;
    for (const send of same) {
      // What was under way together may have been refused before the first was accepted.
      if (send.outcome === "ok" || send.sentAt < firstAnswer) continue;
      if (send.body === body) count(`repeats of an accepted submit were refused with ${send.outcome}`);
      else if (send.outcome !== "SUBMISSION_ID_REUSED") {
        count(`altered repeats were refused with ${send.outcome}`);
      }
    }
  }
  return [...out].map(([what, n]) => `${n} ${what}`);
}

/** Whether the accepted body left exactly one effect, which is its own; null = it did. */
type EffectCheck = (body: Record<string, string>, reply: Record<string, string>) => string | null;

function effectChecks(effects: Effects): Record<Send["useCase"], EffectCheck> {
  const turnOf = new Map(effects.turns.map((t) => [t.assignmentId, t]));
  const assignmentOf = new Map(effects.assignments.map((a) => [a.assignmentId, a]));
  return {
    "submit-choice": ({ assignmentId, columnId, critique }) => {
      const turn = turnOf.get(assignmentId ?? "");
      if (!turn) return "the turn is gone";
      if (turn.columnId !== columnId || turn.critique !== critique) return "another choice was stored";
      const { choices, chosenEvents, nextTurns, nextSteps } = turn;
      const counts = [choices, chosenEvents, nextTurns, nextSteps];
      return counts.every((n) => n === 1) ? null : `choices, events, next turns, steps: ${counts.join(", ")}`;
    },
    "return-assignment": ({ assignmentId }) => {
      const assignment = assignmentOf.get(assignmentId ?? "");
      if (assignment?.status !== "returned") return `the task is ${assignment?.status}`;
      return assignment.returnedEvents === 1 ? null : `${assignment.returnedEvents} events of giving back`;
    },
    "claim-assignment": (_body, { assignmentId }) => {
      const assignment = assignmentOf.get(assignmentId ?? "");
      if (!assignment) return "the task is gone";
      return assignment.startedEvents === 1 ? null : `${assignment.startedEvents} events of starting`;
    },
    "submit-initial-prompt": ({ assignmentId, prompt }) => {
      const assignment = assignmentOf.get(assignmentId ?? "");
      if (!assignment) return "the task is gone";
      if (assignment.initialPrompt !== prompt) return "another prompt was stored";
      const { promptEvents, entries } = assignment;
      const isFirstTurnOnce = turnOf.has(assignmentId ?? "");
      return promptEvents === 1 && entries === 1 && isFirstTurnOnce
        ? null
        : `${promptEvents} prompts, ${entries} draws of an arm`;
    },
  };
}

/** One intent: somebody succeeded, everybody who did got the same reply, and there is one effect. */
function checkIntents(sends: readonly Send[], effects: Effects): string[] {
  const out: string[] = [];
  const checks = effectChecks(effects);
  for (const [intent, same] of Map.groupBy(sends, (s) => s.intent)) {
    const accepted = same.filter((s) => s.outcome === "ok").sort((a, b) => a.answeredAt - b.answeredAt);
    const [first] = accepted;
    if (!first || first.reply === null) {
      out.push(`${intent}: nobody succeeded (${[...new Set(same.map((s) => s.outcome))].join(", ")})`);
      continue;
    }
    if (new Set(accepted.map((s) => s.reply)).size > 1) out.push(`${intent}: two different replies`);
    // A choice and a prompt are made once; whoever asks with another form is told so.
    const once = first.useCase === "submit-choice" || first.useCase === "submit-initial-prompt";
    if (once && new Set(accepted.map((s) => s.submissionId)).size > 1) {
      out.push(`${intent}: two forms were both accepted`);
    }
    const problem = checks[first.useCase](JSON.parse(first.body), JSON.parse(first.reply));
    if (problem) out.push(`${intent}: ${problem}`);
  }
  return out;
}
