import { createContext, type FormEvent, type ReactNode, useCallback, useContext, useState } from "react";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { TextInput } from "../../components/inputs.tsx";
import { paths } from "../../domain/paths.ts";
import { PasswordInput } from "../account/password-input.tsx";

/** Opens the dialog; null on pages without one. */
const OpenSignIn = createContext<(() => void) | null>(null);

export interface SignInAgainProviderProps {
  /** "" for people who came by a recruitment link and have no password. */
  email: string;
  /** Called when the rater is signed in again: what waited can be sent. */
  onSignedIn: () => void;
  children: ReactNode;
}

/** Signing in again in place, so that the page and all that was typed on it stay as they are. */
export function SignInAgainProvider({ email, onSignedIn, children }: SignInAgainProviderProps) {
  const t = useTranslations("session.signInAgain");
  const tAccount = useTranslations("account");
  const [open, setOpen] = useState(false);
  const [message, setMessage] = useState<SignInProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const show = useCallback(() => setOpen(true), []);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // Events of a dialog bubble to the form around it.
    event.stopPropagation();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const problem = await signIn(String(form.get("email")), String(form.get("password")));
    setBusy(false);
    setMessage(problem);
    if (problem !== null) return;
    setOpen(false);
    onSignedIn();
  }
  return (
    <OpenSignIn value={show}>
      {children}
      <Dialog open={open} onClose={() => setOpen(false)} title={t("title")} width="max-w-sm">
        {email === "" ? (
          <RecruitedAgain
            onDone={() => {
              setOpen(false);
              onSignedIn();
            }}
          />
        ) : (
          <form onSubmit={send} className="grid gap-4" noValidate>
            <p className="text-sm text-muted">{t("still")}</p>
            {message && (
              <Alert tone="danger">
                {message === "typePassword" ? tAccount("signIn.typePassword") : t(message)}
              </Alert>
            )}
            <TextInput
              label={tAccount("email")}
              name="email"
              type="email"
              autoComplete="username"
              defaultValue={email}
              required
            />
            <PasswordInput autoComplete="current-password" />
            <Button type="submit" variant="primary" pending={busy}>
              {tAccount("signIn.button")}
            </Button>
          </form>
        )}
      </Dialog>
    </OpenSignIn>
  );
}

/** For people without a password: the link that brought them signs them in again. */
function RecruitedAgain({ onDone }: { onDone: () => void }) {
  const t = useTranslations("session.signInAgain");
  return (
    <div className="grid gap-4">
      <p className="text-sm text-muted">{t("recruited")}</p>
      <Button type="button" variant="primary" onClick={onDone}>
        {t("done")}
      </Button>
    </div>
  );
}

/** The way back in for who is signed out: in place, or in a new tab where there is no dialog. */
export function SignInAgain() {
  const t = useTranslations("session.signInAgain");
  const open = useContext(OpenSignIn);
  if (open) {
    return (
      <button type="button" onClick={open} className="font-medium underline">
        {t("title")}
      </button>
    );
  }
  return (
    <a href={paths.signIn()} target="_blank" rel="noopener" className="underline">
      {t("title")}
      <span className="sr-only"> {t("newTab")}</span>
    </a>
  );
}

type SignInProblem = "typePassword" | "tooMany" | "wrong" | "notNow" | "noAnswer";

/** Why it did not work, or null. */
async function signIn(email: string, password: string): Promise<SignInProblem | null> {
  if (password === "") return "typePassword";
  try {
    const reply = await fetch(paths.signIn(), {
      method: "POST",
      body: new URLSearchParams({ email, password, next: paths.raterHome() }),
      redirect: "manual",
    });
    // Who is let in is sent on to a page; that page is not needed here.
    if (reply.type === "opaqueredirect") return null;
    if (reply.status === 429) return "tooMany";
    if (reply.status === 401 || reply.status === 422) return "wrong";
    return "notNow";
  } catch {
    return "noAnswer";
  }
}
