import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { TextInput } from "../../components/inputs.tsx";
import { AccountPage } from "./account-page.tsx";
import { PasswordInput } from "./password-input.tsx";

export interface SignInPageProps {
  /** Where to go afterwards; "" = the person's own start page. */
  next: string;
  demo: boolean;
  /** Set after an account was made: the address to sign in with. */
  newAccount: string | null;
  refused: { email: string; fields: Record<string, string>; message: string | null } | null;
}

export function SignInPage({ next, demo, newAccount, refused }: SignInPageProps) {
  const pending = useNavigation().state === "submitting";
  return (
    <AccountPage title="Sign in" intro="With the e-mail address to which you were invited.">
      <Form method="post" className="grid gap-4" noValidate>
        {refused?.message && <Alert tone="danger">{refused.message}</Alert>}
        {!refused && newAccount && (
          <Alert tone="success">Your account is ready. Sign in with your new password.</Alert>
        )}
        <input type="hidden" name="next" value={next} />
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={refused?.email ?? newAccount ?? ""}
          error={refused?.fields.email}
          required
        />
        <PasswordInput autoComplete="current-password" error={refused?.fields.password} />
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          Sign in
        </Button>
      </Form>
      {demo && (
        <Alert tone="info" title="This is a demonstration">
          The logins are printed in the terminal in which Turnwise was started.
        </Alert>
      )}
      <p className="text-sm text-muted">
        Did you come from a panel such as Prolific? Open the study there again: you need no password.
      </p>
      <p className="text-sm text-muted">
        No account yet? You get one through the invitation link that the people who run your study send you.
      </p>
    </AccountPage>
  );
}
