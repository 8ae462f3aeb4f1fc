import type { FormFailure } from "./offline-failure.ts";
import { SignInAgain } from "./sign-in-dialog.tsx";

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
