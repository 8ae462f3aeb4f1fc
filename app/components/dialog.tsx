import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./button.tsx";
import { cx } from "./cx.ts";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Buttons at the bottom. */
  footer?: ReactNode;
  /** Tailwind width class. */
  width?: string;
  onKeyDown?: (event: KeyboardEvent) => void;
  className?: string;
  children?: ReactNode;
}

/**
 * A modal on the native <dialog>: the browser keeps focus inside, closes on Esc and gives focus back.
 * The content is mounted only while it is open.
 */
export function Dialog({
  open,
  onClose,
  title,
  footer,
  width = "max-w-lg",
  onKeyDown,
  className,
  children,
}: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        if (event.target === ref.current) ref.current?.close();
      }}
      className={cx(
        "m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] overflow-auto rounded-xl border bg-raised p-0 text-text shadow-pop",
        width,
        className,
      )}
    >
      {open && (
        <div className="p-5">
          <div className="mb-3 flex items-start justify-between gap-4">
            <h2 id={titleId} className="pt-1 text-lg font-semibold">
              {title}
            </h2>
            <IconButton type="button" size="sm" label="Close" onClick={() => ref.current?.close()}>
              <X className="size-4" />
            </IconButton>
          </div>
          {children}
          {footer && <div className="mt-5 flex flex-wrap justify-end gap-2">{footer}</div>}
        </div>
      )}
    </dialog>
  );
}
