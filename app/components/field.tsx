import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { cx } from "./cx.ts";

/** What a control needs so that its label, hint and error belong to it. */
export interface ControlProps {
  id: string;
  required?: boolean;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

export interface FieldTexts {
  label: ReactNode;
  /** Help below the label. */
  hint?: ReactNode;
  /** Why the value was refused. */
  error?: string;
  required?: boolean;
  /** Beside the label at the right: a word counter, for example. */
  aside?: ReactNode;
  /** The label is for screen readers only. */
  hideLabel?: boolean;
  className?: string;
}

export interface FieldProps extends FieldTexts {
  id?: string;
  children: (control: ControlProps) => ReactNode;
}

/** Label, hint and error around one control: `<Field label="Name">{(c) => <input {...c} />}</Field>`. */
export function Field({
  label,
  hint,
  error,
  required,
  aside,
  hideLabel,
  id: givenId,
  className,
  children,
}: FieldProps) {
  const t = useTranslations("ui");
  const madeId = useId();
  const id = givenId ?? madeId;
  const describedBy = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(" ");
  return (
    <div className={cx("grid gap-1", className)}>
      <div className={cx("flex items-baseline justify-between gap-3", hideLabel && "sr-only")}>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
          {required === false && <span className="font-normal text-muted"> {t("optional")}</span>}
        </label>
        {aside}
      </div>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {children({
        id,
        required: required || undefined,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

/** The red line under a control or group. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="text-sm font-medium text-danger-ink">
      {children}
    </p>
  );
}

/** Look shared by all boxed controls. */
export const CONTROL_CLASS =
  "w-full rounded-md bg-surface px-3 py-1.5 text-text ring-1 ring-inset ring-control outline-offset-0 hover:ring-text/60 focus-visible:outline-2 focus-visible:outline-accent aria-invalid:ring-2 aria-invalid:ring-danger disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted";
