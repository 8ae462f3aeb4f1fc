import type { ReactNode } from "react";
import type { PersonalDataFinding, PersonalDataKind } from "../../domain/personal-data.ts";

const KINDS: Record<PersonalDataKind, string> = {
  email: "e-mail address",
  url: "web address",
  phone: "telephone number",
  handle: "handle",
  name: "the rater's name",
};

/** A text as it was typed, with what was found in it marked and named below. */
export function MarkedText({ text, findings }: { text: string; findings: PersonalDataFinding[] }) {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { kind, start, end } of findings) {
    parts.push(text.slice(from, start));
    parts.push(
      <mark
        key={start}
        title={KINDS[kind]}
        className="rounded-sm bg-warning-soft px-0.5 text-warning-ink underline decoration-2 underline-offset-2"
      >
        {text.slice(start, end)}
      </mark>,
    );
    from = end;
  }
  parts.push(text.slice(from));
  const kinds = [...new Set(findings.map((finding) => KINDS[finding.kind]))];
  return (
    <figure className="grid gap-1.5">
      <blockquote className="rounded-md border-l-4 bg-sunken px-4 py-3 text-base break-words whitespace-pre-wrap">
        {parts}
      </blockquote>
      <figcaption className="text-sm text-muted">
        {kinds.length > 0 ? `Looks like: ${kinds.join(", ")}.` : "Nothing was found in it."}
      </figcaption>
    </figure>
  );
}
