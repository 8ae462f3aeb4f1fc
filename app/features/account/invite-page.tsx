import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { TextInput } from "../../components/inputs.tsx";
import { PASSWORD_MIN_CHARACTERS } from "../../domain/passwords.ts";
import type { Role } from "../../domain/roles.ts";
import { AccountPage } from "./account-page.tsx";
import { PasswordInput } from "./password-input.tsx";

export interface InvitePageProps {
  invitation: { email: string; name: string; role: Role; studyName: string | null; hasAccount: boolean };
  /** Address of whoever is signed in now. */
  signedInAs: string | null;
  signInPath: string;
  /** The name that was typed and refused together with the rest. */
  typedName: string | null;
  error: { message: string; fields: Record<string, string> } | null;
}

export function InvitePage({ invitation, signedInAs, signInPath, typedName, error }: InvitePageProps) {
  const { email, role, studyName, hasAccount } = invitation;
  const pending = useNavigation().state === "submitting";
  const isOwner = signedInAs?.toLowerCase() === email.toLowerCase();
  const fields = error?.fields ?? {};
  const general = error && Object.keys(fields).length === 0 ? error.message : null;
  return (
    <AccountPage
      title="You are invited"
      intro={
        studyName ? (
          <>
            To <strong className="text-text">{studyName}</strong>, as a {role}.
          </>
        ) : (
          `To Turnwise, as a ${role}.`
        )
      }
    >
      {general && <Alert tone="danger">{general}</Alert>}
      {hasAccount || isOwner ? (
        <JoinWithAccount {...{ email, isOwner, signedInAs, signInPath, pending }} />
      ) : (
        <Form method="post" className="grid gap-4" noValidate>
          <div>
            <p className="text-sm font-medium">E-mail</p>
            <p className="break-all text-muted">{email}</p>
          </div>
          <TextInput
            label="Your name"
            name="name"
            autoComplete="name"
            defaultValue={typedName ?? invitation.name}
            error={fields.name}
            required
          />
          {/* Password managers file the new password under this name. */}
          <input type="hidden" name="username" autoComplete="username" value={email} />
          <PasswordInput
            label="Choose a password"
            hint={`At least ${PASSWORD_MIN_CHARACTERS} characters. A few random words are easy to remember.`}
            autoComplete="new-password"
            minLength={PASSWORD_MIN_CHARACTERS}
            error={fields.password}
          />
          <Button type="submit" variant="primary" size="lg" pending={pending}>
            Create my account
          </Button>
        </Form>
      )}
    </AccountPage>
  );
}

interface JoinProps {
  email: string;
  isOwner: boolean;
  signedInAs: string | null;
  signInPath: string;
  pending: boolean;
}

function JoinWithAccount({ email, isOwner, signedInAs, signInPath, pending }: JoinProps) {
  if (isOwner) {
    return (
      <Form method="post" className="grid gap-4">
        <p>
          You are signed in as <span className="font-medium break-all">{email}</span>.
        </p>
        <Button type="submit" name="intent" value="join" variant="primary" size="lg" pending={pending}>
          Accept the invitation
        </Button>
      </Form>
    );
  }
  return (
    <div className="grid gap-4">
      <p>
        <span className="font-medium break-all">{email}</span> already has an account.
        {signedInAs && ` You are signed in as ${signedInAs}: sign out first, then open this link again.`}
      </p>
      {signedInAs ? (
        <form method="post" action="/sign-out">
          <Button type="submit" size="lg" className="w-full">
            Sign out
          </Button>
        </form>
      ) : (
        <ButtonLink to={signInPath} variant="primary" size="lg">
          Sign in to accept
        </ButtonLink>
      )}
    </div>
  );
}
