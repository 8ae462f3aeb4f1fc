import type { ReactNode } from "react";
import { Form, useNavigation } from "react-router";
import { useTranslations } from "use-intl";
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
  const t = useTranslations("account.invite");
  const tAccount = useTranslations("account");
  const pending = useNavigation().state === "submitting";
  const isOwner = signedInAs?.toLowerCase() === email.toLowerCase();
  const fields = error?.fields ?? {};
  const general = error && Object.keys(fields).length === 0 ? error.message : null;
  return (
    <AccountPage
      title={t("title")}
      intro={
        studyName
          ? t.rich("toStudy", {
              study: studyName,
              role: t(`role.${role}`),
              b: (chunks) => <strong className="text-text">{chunks}</strong>,
            })
          : t("toTurnwise", { role: t(`role.${role}`) })
      }
    >
      {general && <Alert tone="danger">{general}</Alert>}
      {hasAccount || isOwner ? (
        <JoinWithAccount {...{ email, isOwner, signedInAs, signInPath, pending }} />
      ) : (
        <Form method="post" className="grid gap-4" noValidate>
          <div>
            <p className="text-sm font-medium">{tAccount("email")}</p>
            <p className="break-all text-muted">{email}</p>
          </div>
          <TextInput
            label={t("yourName")}
            name="name"
            autoComplete="name"
            defaultValue={typedName ?? invitation.name}
            error={fields.name}
            required
          />
          {/* Password managers file the new password under this name. */}
          <input type="hidden" name="username" autoComplete="username" value={email} />
          <PasswordInput
            label={t("choosePassword")}
            hint={t("passwordHint", { min: String(PASSWORD_MIN_CHARACTERS) })}
            autoComplete="new-password"
            minLength={PASSWORD_MIN_CHARACTERS}
            error={fields.password}
          />
          <Button type="submit" variant="primary" size="lg" pending={pending}>
            {t("create")}
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
  const t = useTranslations("account.invite");
  const tUi = useTranslations("ui");
  const b = (chunks: ReactNode) => <span className="font-medium break-all">{chunks}</span>;
  if (isOwner) {
    return (
      <Form method="post" className="grid gap-4">
        <p>{t.rich("signedInAs", { email, b })}</p>
        <Button type="submit" name="intent" value="join" variant="primary" size="lg" pending={pending}>
          {t("accept")}
        </Button>
      </Form>
    );
  }
  return (
    <div className="grid gap-4">
      <p>
        {t.rich("hasAccount", { email, b })}
        {signedInAs && ` ${t("signOutFirst", { email: signedInAs })}`}
      </p>
      {signedInAs ? (
        <form method="post" action="/sign-out">
          <Button type="submit" size="lg" className="w-full">
            {tUi("signOut")}
          </Button>
        </form>
      ) : (
        <ButtonLink to={signInPath} variant="primary" size="lg">
          {t("signInToAccept")}
        </ButtonLink>
      )}
    </div>
  );
}
