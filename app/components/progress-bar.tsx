import { cx } from "./cx.ts";

export interface ProgressBarProps {
  value: number;
  max: number;
  /** What is progressing; read out. */
  label: string;
  className?: string;
}

/** A thin native progress bar. */
export function ProgressBar({ value, max, label, className }: ProgressBarProps) {
  return (
    <progress
      aria-label={label}
      value={Math.min(value, max)}
      max={Math.max(max, 1)}
      className={cx(
        "block h-1.5 w-full appearance-none overflow-hidden rounded-full border-0 bg-sunken",
        "[&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[width]",
        "[&::-moz-progress-bar]:rounded-full [&::-moz-progress-bar]:bg-accent",
        className,
      )}
    />
  );
}
