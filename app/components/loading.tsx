import { LoaderCircle } from "lucide-react";
import { cx } from "./cx.ts";

/** A small turning circle; `label` only where no text beside it says what is going on. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <LoaderCircle
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={cx("size-4 animate-spin", className)}
    />
  );
}

/** Grey stand-in for content on its way; give it a size through `className`. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx("animate-breathe rounded-md bg-sunken", className)} />;
}
