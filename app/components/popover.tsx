import type { ReactNode } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "./button.tsx";
import { cx } from "./cx.ts";

export interface PopoverProps {
  /** Unique in the page. */
  id: string;
  /** Text and icon of the button that opens it; its text, shown or for screen readers, names the button. */
  trigger: ReactNode;
  /** Name of the panel. */
  label: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  triggerClassName?: string;
  /** Below the top bar at the right, or in the middle of the window. */
  placement?: "top-right" | "center";
  /** Tailwind width class of the panel. */
  width?: string;
  onToggle?: (open: boolean) => void;
  children: ReactNode;
}

/**
 * A button and the panel that it opens, on the native popover attribute: works with scripts off,
 * closes on Esc and on a click elsewhere.
 */
export function Popover({
  id,
  trigger,
  label,
  variant = "ghost",
  size = "sm",
  triggerClassName,
  placement = "top-right",
  width = "w-80",
  onToggle,
  children,
}: PopoverProps) {
  return (
    <>
      <Button
        type="button"
        variant={variant}
        size={size}
        popoverTarget={id}
        aria-haspopup="dialog"
        className={triggerClassName}
      >
        {trigger}
      </Button>
      <div
        id={id}
        popover="auto"
        onToggle={(event) => onToggle?.(event.newState === "open")}
        role="dialog"
        aria-label={label}
        className={cx(
          "max-h-[calc(100dvh-4rem)] overflow-auto rounded-lg border bg-raised p-4 text-text shadow-pop",
          "max-w-[calc(100vw-1.5rem)]",
          placement === "center" ? "m-auto" : "inset-auto top-12 right-3 m-0",
          width,
        )}
      >
        {children}
      </div>
    </>
  );
}
