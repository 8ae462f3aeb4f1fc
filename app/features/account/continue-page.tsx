import { Form, useNavigation } from "react-router";
import { useTranslations } from "use-intl";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { AccountPage } from "./account-page.tsx";

/** Behind a rater's personal link: one button signs them in in this browser. */
export function ContinuePage({ error }: { error: string | null }) {
  const t = useTranslations("account.continue");
  const pending = useNavigation().state !== "idle";
  return (
    <AccountPage title={t("title")} intro={t("intro")}>
      {error && <Alert tone="danger">{error}</Alert>}
      <Form method="post" className="grid">
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          {t("button")}
        </Button>
      </Form>
    </AccountPage>
  );
}
