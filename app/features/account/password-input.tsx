import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "../../components/button.tsx";
import { cx } from "../../components/cx.ts";
import { CONTROL_CLASS, Field } from "../../components/field.tsx";
import { useHydrated } from "../../components/use-hydrated.ts";

export interface PasswordInputProps {
  label?: string;
  hint?: ReactNode;
  error?: string;
  autoComplete: "current-password" | "new-password";
  minLength?: number;
}

/** A password with a button that shows it. */
export function PasswordInput({ label, hint, error, autoComplete, minLength }: PasswordInputProps) {
  const t = useTranslations("account");
  const id = useId();
  const hydrated = useHydrated();
  const [shown, setShown] = useState(false);
  return (
    <Field id={id} label={label ?? t("password")} hint={hint} error={error} required>
      {(control) => (
        <div className="relative">
          <input
            {...control}
            name="password"
            type={shown ? "text" : "password"}
            autoComplete={autoComplete}
            minLength={minLength}
            className={cx(CONTROL_CLASS, "min-h-9.5 pr-11")}
          />
          {hydrated && (
            <IconButton
              type="button"
              size="sm"
              label={t(shown ? "hidePassword" : "showPassword")}
              aria-controls={id}
              onClick={() => setShown(!shown)}
              className="absolute top-[3px] right-1"
            >
              {shown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
            </IconButton>
          )}
        </div>
      )}
    </Field>
  );
}
