import type { ReactNode } from "react";

export interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** What will appear here, or what to do. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** Where a list would be, when there is nothing in it. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1.5 px-6 py-10 text-center">
      {icon && (
        <div aria-hidden="true" className="mb-1 text-muted [&_svg]:size-7">
          {icon}
        </div>
      )}
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-prose text-sm text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
