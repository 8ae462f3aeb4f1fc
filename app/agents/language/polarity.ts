/** Whether a critique asks for more or for less of what it names. */

/** Cues, longest alternatives first; the last cue before a word decides. */
const CUE =
  /\b(?:(?<neg>should(?:n't| not) be|must(?:n't| not) be|rather than|instead of|get rid of|tone(?:d)? down|take (?:out|away)|cut down on|no longer|no more|not so|not too|not as|not that|too many|too much|way too|too|less|fewer|without|avoid|remove|removing|reduce|lower|decrease|delete|drop|lose|hide|skip|minus|exclude|omit|leave out|erase|stop|never|nothing|no|isn't so|aren't so)|(?<pos>not enough|too little|too few|not very|could be|should be|should have|is not|are not|isn't|aren't|wasn't|(?:doesn't|don't|does not|do not) look|lacks?|lacking|missing|needs?|want|more|increase|add|boost|brighten)|(?<flip>don't|do not|does not|doesn't|not|dont))\b/giu;

const TAKES_AWAY =
  /^(?:remove|removing|reduce|lower|decrease|delete|drop|lose|hide|erase|take|cut|get|tone|less|fewer)/iu;

/** The last cue in `before`: "more", "less" or null when there is none. "don't remove" counts as more. */
export function polarityOf(before: string, after: string): "more" | "less" | null {
  let result: "more" | "less" | null = null;
  let forbids = false;
  for (const match of before.matchAll(CUE)) {
    if (match.groups?.flip !== undefined) {
      forbids = true;
      result = "less";
    } else if (match.groups?.neg !== undefined) {
      result = forbids && TAKES_AWAY.test(match[0]) ? "more" : "less";
    } else {
      // "don't add more rain" stays a refusal; "is not", "lacks" and "needs" state a want.
      result = forbids && /^(?:add|more|increase|boost|brighten)$/iu.test(match[0]) ? "less" : "more";
    }
  }
  if (result === "less" && /^\s+enough\b/iu.test(after)) return "more";
  return result;
}

/** The cue that opens a clause ("no", "add", "less", "too" …) with what stands before it, or "". */
export function leadingCue(clause: string): string {
  const match = [...clause.matchAll(CUE)][0];
  return match === undefined ? "" : clause.slice(0, match.index + match[0].length);
}
