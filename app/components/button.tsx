import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from "react";
import { Link, type LinkProps } from "react-router";
import { cx } from "./cx.ts";
import { Spinner } from "./loading.tsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "bg-surface text-text ring-1 ring-inset ring-control hover:bg-sunken",
  ghost: "text-text hover:bg-sunken",
  danger: "bg-danger text-on-danger hover:opacity-90",
};

const SIZES: Record<ButtonSize, string> = {
  sm: "h-8 px-2.5 text-sm",
  md: "h-9.5 px-3.5",
  lg: "h-11 px-5 text-base",
};

const BASE =
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap no-underline transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55";

function classesOf(variant: ButtonVariant, size: ButtonSize, className: string | undefined): string {
  return cx(BASE, VARIANTS[variant], SIZES[size], className);
}

interface Look {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Icon before the text, 16 px. */
  icon?: ReactNode;
}

export interface ButtonProps extends Look, ButtonHTMLAttributes<HTMLButtonElement> {
  /** Work is under way: shows a spinner and ignores further clicks, without losing focus. */
  pending?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button; `type="submit"` unless told otherwise. */
export function Button({
  variant = "secondary",
  size = "md",
  icon,
  pending = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    if (pending) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      {...rest}
      aria-busy={pending || undefined}
      onClick={handleClick}
      className={classesOf(variant, size, className)}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  );
}

/** A link that looks like a button: for going somewhere, never for changing something. */
export function ButtonLink({
  variant = "secondary",
  size = "md",
  icon,
  className,
  children,
  ...rest
}: Look & LinkProps) {
  return (
    <Link {...rest} className={classesOf(variant, size, className)}>
      {icon}
      {children}
    </Link>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "icon" | "children"> {
  /** What the button does; read out and shown by the browser on hover. */
  label: string;
  children: ReactNode;
}

/** A square button that holds only an icon. */
export function IconButton({
  label,
  size = "md",
  variant = "ghost",
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Button
      {...rest}
      variant={variant}
      size={size}
      aria-label={label}
      title={label}
      className={cx("aspect-square px-0", className)}
    >
      {children}
    </Button>
  );
}
