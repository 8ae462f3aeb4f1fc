import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export interface CardProps {
  /** Heading of the card (h2). */
  title?: ReactNode;
  /** One line below the heading. */
  description?: ReactNode;
  /** Buttons beside the heading. */
  actions?: ReactNode;
  /** false = the content reaches the edges (tables). */
  padded?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A bordered surface with an optional heading. */
export function Card({ title, description, actions, padded = true, className, children }: CardProps) {
  return (
    <section
      className={cx("rounded-lg border bg-surface shadow-card", !padded && "overflow-clip", className)}
    >
      {(title || actions) && (
        <header
          className={cx(
            "flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4",
            !padded && "border-b pb-3",
          )}
        >
          <div className="min-w-0">
            {title && <h2 className="text-base font-semibold">{title}</h2>}
            {description && <p className="mt-0.5 text-sm text-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      {children !== undefined && <div className={padded ? "px-5 py-4" : undefined}>{children}</div>}
    </section>
  );
}
