import { useState } from "react";
import { PRACTICE_COLUMNS, practiceScoreFits } from "../../domain/practice.ts";
import { Scale } from "../evaluation/scale.tsx";

/** Trying the rating scale on the practice pictures; nothing is sent, and without scripts it explains itself. */
export function PracticeScales() {
  const [scores, setScores] = useState<Record<number, number>>({});
  return (
    <details className="mt-8 rounded-lg border bg-surface shadow-card">
      <summary className="cursor-pointer px-5 py-3 font-semibold">Practise the ratings, too</summary>
      <div className="grid gap-4 border-t px-5 py-4">
        <p className="max-w-prose text-sm text-muted">
          After the last turn you rate each column from 1, very dissatisfied, to 5, very satisfied: how happy
          are you with its best image, compared with what was asked for? In the study there are no right
          answers; here, we say what would fit.
        </p>
        <div className="grid gap-4 sm:grid-cols-2">
          {PRACTICE_COLUMNS.map(({ summary }, index) => {
            const column = index + 1;
            const score = scores[column];
            return (
              <fieldset
                key={summary}
                onChange={(event) => {
                  const { value } = event.target as unknown as HTMLInputElement;
                  setScores((before) => ({ ...before, [column]: Number(value) }));
                }}
              >
                <legend className="mb-1 text-sm">
                  <span className="font-semibold">Column {column}.</span>{" "}
                  <span className="text-muted">{summary}</span>
                </legend>
                <Scale name={`practice-score-${column}`} value={null} subject={`Column ${column}`} />
                <p role="status" className="mt-1 min-h-5 text-sm">
                  {score !== undefined && hintOf(column, score)}
                </p>
              </fieldset>
            );
          })}
        </div>
      </div>
    </details>
  );
}

function hintOf(column: number, score: number): string {
  if (practiceScoreFits(column, score)) return "That fits what was asked for.";
  return column === 3
    ? "Its best image has everything that was asked for: a 4 or 5 would fit, whatever the others are like."
    : "Look at its best image again: how much of “a lighthouse”, “a storm” and “at night” does it show?";
}
