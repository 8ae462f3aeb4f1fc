/** The checker of R7. It shares no rule with the service: it only reads what was acknowledged, and what is there at last. */

export interface Acknowledgement {
  field: string;
  value: string;
  /** Revision that the device had typed over. */
  base: number;
  /** What the server called the saved value. */
  revision: number;
}

export interface Day {
  edits: number;
  conflicts: number;
  crashes: number;
  takeOvers: number;
  /** In the order in which the server answered. */
  acknowledged: Acknowledgement[];
  /** What a device had and no longer shows, in words. */
  lost: string[];
  final: { field: string; revision: number; value: string }[];
}

/** What is wrong with one day, in words; empty when nothing is. */
export function checkDay(day: Day): string[] {
  const violations = [...day.lost];
  for (const field of new Set(day.acknowledged.map((a) => a.field))) {
    const all = day.acknowledged.filter((a) => a.field === field);
    const savedAs = new Map<number, string>();
    let newest = 0;
    for (const { revision, value, base } of all) {
      if (revision < newest)
        violations.push(`${field}: revision ${revision} was acknowledged after ${newest}`);
      if ((savedAs.get(revision) ?? value) !== value) {
        violations.push(`${field}: revision ${revision} was acknowledged with two values`);
      }
      // A save that overwrites what its device had never seen, and is not what was there already.
      if (!savedAs.has(revision) && revision > base + 1) {
        violations.push(`${field}: typed over revision ${base}, and saved over ${revision - 1}`);
      }
      savedAs.set(revision, value);
      newest = Math.max(newest, revision);
    }
    const last = day.final.find((f) => f.field === field);
    if (!last || last.revision < newest) {
      violations.push(
        `${field}: revision ${newest} was acknowledged, ${last?.revision ?? "nothing"} is stored`,
      );
    } else if (last.revision === newest && last.value !== savedAs.get(newest)) {
      violations.push(`${field}: revision ${newest} is stored with another value`);
    }
  }
  return violations;
}
