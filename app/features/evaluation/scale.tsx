import { cx } from "../../components/cx.ts";
import { SATISFACTION_VALUES } from "../../domain/evaluation.ts";

const WORDS = ["very dissatisfied", "dissatisfied", "neither", "satisfied", "very satisfied"];

export interface ScaleProps {
  name: string;
  value: number | null;
  /** What is rated, read out before each value: "Column 2". */
  subject: string;
  /** Numbers only, close together: below a column of images. */
  compact?: boolean;
}

/** Five native radios, 1 very dissatisfied … 5 very satisfied. */
export function Scale({ name, value, subject, compact = false }: ScaleProps) {
  return (
    <div>
      <div className={cx("flex", compact ? "gap-0.5" : "gap-1.5")}>
        {SATISFACTION_VALUES.map((n) => (
          <label
            key={n}
            className={cx(
              "flex min-w-6 flex-1 items-center justify-center rounded-md border-2 border-transparent font-medium tabular-nums hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent",
              compact ? "h-11 flex-col gap-0.5 text-xs" : "h-10 gap-1.5 bg-sunken/60 text-sm",
            )}
          >
            <input
              type="radio"
              name={name}
              value={n}
              defaultChecked={value === n}
              aria-label={`${subject}: ${n}, ${WORDS[n - 1]}`}
              className="size-3.5 outline-none"
            />
            <span aria-hidden="true">{n}</span>
          </label>
        ))}
      </div>
      {!compact && (
        <div aria-hidden="true" className="mt-0.5 flex justify-between text-xs text-muted">
          <span>{WORDS[0]}</span>
          <span>{WORDS[4]}</span>
        </div>
      )}
    </div>
  );
}
