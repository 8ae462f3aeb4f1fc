import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../../components/cx.ts";

export interface QuestionProps {
  id: string;
  number: number;
  title: ReactNode;
  hint?: ReactNode;
  answered: boolean;
  error?: string;
  className?: string;
  children: ReactNode;
}

/** One numbered question as a fieldset; its number turns into a check when it is answered. */
export function Question({ id, number, title, hint, answered, error, className, children }: QuestionProps) {
  return (
    <fieldset
      id={id}
      aria-describedby={error ? `${id}-error` : undefined}
      className={cx("min-w-0", className)}
    >
      <legend className="mb-1.5 flex items-start gap-2">
        <span
          aria-hidden="true"
          className={cx(
            "flex size-5 shrink-0 items-center justify-center rounded-full text-xs font-semibold",
            answered ? "bg-success-soft text-success-ink" : "bg-accent-soft text-accent-ink",
          )}
        >
          {answered ? <Check className="size-3.5" strokeWidth={3} /> : number}
        </span>
        <span className="text-sm leading-5">
          <span className="font-semibold">{title}</span>
          {hint && <span className="text-muted"> {hint}</span>}
          <span className="sr-only">{answered ? " (answered)" : " (not answered yet)"}</span>
        </span>
      </legend>
      {children}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-sm font-medium text-danger-ink">
          {error}
        </p>
      )}
    </fieldset>
  );
}
