import { cx } from "../../components/cx.ts";

/**
 * A plain horizontal bar. An SVG, because widths in `style` are refused by the content security policy. It repeats a
 * number that stands beside it, so it is hidden from screen readers.
 */
export function Bar({ share, className }: { share: number; className?: string }) {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return (
    <svg
      aria-hidden="true"
      preserveAspectRatio="none"
      viewBox="0 0 100 10"
      className={cx("h-2.5 w-full overflow-hidden rounded-sm bg-sunken", className)}
    >
      <rect width={width} height="10" className="fill-accent" />
    </svg>
  );
}
