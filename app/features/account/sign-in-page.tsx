import { Form, useNavigation } from "react-router";
import { useTranslations } from "use-intl";
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
  const t = useTranslations("account.signIn");
  const tAccount = useTranslations("account");
  const pending = useNavigation().state === "submitting";
  return (
    <AccountPage title={t("title")} intro={t("intro")}>
      <Form method="post" className="grid gap-4" noValidate>
        {refused?.message && <Alert tone="danger">{refused.message}</Alert>}
        {!refused && newAccount && <Alert tone="success">{t("ready")}</Alert>}
        <input type="hidden" name="next" value={next} />
        <TextInput
          label={tAccount("email")}
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={refused?.email ?? newAccount ?? ""}
          error={refused?.fields.email}
          required
        />
        <PasswordInput autoComplete="current-password" error={refused?.fields.password} />
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          {t("button")}
        </Button>
      </Form>
      {demo && (
        <Alert tone="info" title={t("demoTitle")}>
          {t("demo")}
        </Alert>
      )}
      <p className="text-sm text-muted">{t("panel")}</p>
      <p className="text-sm text-muted">{t("noAccount")}</p>
    </AccountPage>
  );
}
