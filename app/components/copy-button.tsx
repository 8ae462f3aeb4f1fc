import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "./button.tsx";

export interface CopyButtonProps {
  text: string;
  label?: string;
  size?: ButtonSize;
  variant?: ButtonVariant;
}

/** Copies `text`; says so, or says that it could not. */
export function CopyButton({ text, label = "Copy", size = "sm", variant = "secondary" }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2500);
    return () => clearTimeout(timer);
  }, [state]);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      setState("failed");
    }
  }
  return (
    <Button
      type="button"
      size={size}
      variant={variant}
      onClick={copy}
      icon={state === "copied" ? <Check className="size-4" /> : <Copy className="size-4" />}
    >
      <span aria-live="polite">
        {state === "copied" ? "Copied" : state === "failed" ? "Select and copy by hand" : label}
      </span>
    </Button>
  );
}
