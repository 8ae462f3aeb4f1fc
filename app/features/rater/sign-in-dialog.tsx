import { createContext, type FormEvent, type ReactNode, useCallback, useContext, useState } from "react";
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
  const [open, setOpen] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
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
      <Dialog open={open} onClose={() => setOpen(false)} title="Sign in again" width="max-w-sm">
        {email === "" ? (
          <RecruitedAgain
            onDone={() => {
              setOpen(false);
              onSignedIn();
            }}
          />
        ) : (
          <form onSubmit={send} className="grid gap-4" noValidate>
            <p className="text-sm text-muted">
              Everything on this page is still here, and is saved as soon as you are signed in.
            </p>
            {message && <Alert tone="danger">{message}</Alert>}
            <TextInput
              label="E-mail"
              name="email"
              type="email"
              autoComplete="username"
              defaultValue={email}
              required
            />
            <PasswordInput autoComplete="current-password" />
            <Button type="submit" variant="primary" pending={busy}>
              Sign in
            </Button>
          </form>
        )}
      </Dialog>
    </OpenSignIn>
  );
}

/** For people without a password: the link that brought them signs them in again. */
function RecruitedAgain({ onDone }: { onDone: () => void }) {
  return (
    <div className="grid gap-4">
      <p className="text-sm text-muted">
        Everything on this page is still here. Open the study again where you found it, in another tab of this
        browser, press “Continue” there, and come back to this tab.
      </p>
      <Button type="button" variant="primary" onClick={onDone}>
        I am signed in again
      </Button>
    </div>
  );
}

/** The way back in for who is signed out: in place, or in a new tab where there is no dialog. */
export function SignInAgain() {
  const open = useContext(OpenSignIn);
  if (open) {
    return (
      <button type="button" onClick={open} className="font-medium underline">
        Sign in again
      </button>
    );
  }
  return (
    <a href={paths.signIn()} target="_blank" rel="noopener" className="underline">
      Sign in again<span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}

/** Why it did not work, or null. */
async function signIn(email: string, password: string): Promise<string | null> {
  if (password === "") return "Type your password.";
  try {
    const reply = await fetch(paths.signIn(), {
      method: "POST",
      body: new URLSearchParams({ email, password, next: paths.raterHome() }),
      redirect: "manual",
    });
    // Who is let in is sent on to a page; that page is not needed here.
    if (reply.type === "opaqueredirect") return null;
    if (reply.status === 429) return "Too many attempts. Wait a minute, then try again.";
    if (reply.status === 401 || reply.status === 422) return "The e-mail address or the password is wrong.";
    return "Turnwise could not sign you in just now. Try again in a moment.";
  } catch {
    return "Turnwise did not answer. Check your connection and try again.";
  }
}
