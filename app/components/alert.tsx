import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { cx } from "./cx.ts";

export type AlertTone = "info" | "success" | "warning" | "danger";

const LOOKS: Record<AlertTone, { box: string; icon: typeof Info }> = {
  info: { box: "border-accent/35 bg-accent-soft text-accent-ink", icon: Info },
  success: { box: "border-success/40 bg-success-soft text-success-ink", icon: CircleCheck },
  warning: { box: "border-warning/50 bg-warning-soft text-warning-ink", icon: TriangleAlert },
  danger: { box: "border-danger/40 bg-danger-soft text-danger-ink", icon: CircleX },
};

export interface AlertProps {
  tone?: AlertTone;
  title?: ReactNode;
  actions?: ReactNode;
  /** Read out at once when it appears; on by default for warning and danger. */
  live?: boolean;
  id?: string;
  ref?: Ref<HTMLDivElement>;
  className?: string;
  children?: ReactNode;
}

/** A message in the page. */
export function Alert({ tone = "info", title, actions, live, id, ref, className, children }: AlertProps) {
  const { box, icon: Icon } = LOOKS[tone];
  const announced = live ?? (tone === "danger" || tone === "warning");
  return (
    <div
      id={id}
      ref={ref}
      tabIndex={-1}
      role={announced ? "alert" : tone === "success" ? "status" : undefined}
      className={cx("flex gap-2.5 rounded-md border px-3.5 py-2.5 text-sm", box, className)}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="[&_a]:underline">{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
