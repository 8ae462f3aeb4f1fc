import { paths } from "../../domain/paths.ts";
import type { FormFailure } from "./offline-failure.ts";

/** Why something was not done, with the way back in for who is signed out. */
export function FailureText({ error }: { error: FormFailure["error"] }) {
  return (
    <>
      {error.message}
      {error.code === "SIGN_IN_NEEDED" && (
        <>
          {" "}
          <SignInAgain />
        </>
      )}
    </>
  );
}

/** In a new tab, so that this page keeps what was typed. */
export function SignInAgain() {
  return (
    <a href={paths.signIn()} target="_blank" rel="noopener" className="underline">
      Sign in again<span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
