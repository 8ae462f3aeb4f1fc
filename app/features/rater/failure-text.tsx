import { useLocale, useTranslations } from "use-intl";
import type { FormFailure } from "./offline-failure.ts";
import { SignInAgain } from "./sign-in-dialog.tsx";

/** Why something was not done, with the way back in for who is signed out. */
export function FailureText({ error }: { error: FormFailure["error"] }) {
  const refusalText = useRefusalText();
  return (
    <>
      {refusalText(error)}
      {error.code === "SIGN_IN_NEEDED" && (
        <>
          {" "}
          <SignInAgain />
        </>
      )}
    </>
  );
}

/** A refusal in the page's language: by its code; in English the server's own sentence, which says more. */
export function useRefusalText(): (error: { code: string; message: string }) => string {
  const t = useTranslations("session.refusals");
  const locale = useLocale();
  return ({ code, message }) => {
    if (locale === "en") return message;
    const key = code as "UNREACHABLE";
    return t.has(key) ? t(key) : message;
  };
}
