import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button } from "../../components/button.tsx";
import { AccountPage } from "./account-page.tsx";

/** Behind a rater's personal link: one button signs them in in this browser. */
export function ContinuePage({ error }: { error: string | null }) {
  const pending = useNavigation().state !== "idle";
  return (
    <AccountPage
      title="Go on in this browser"
      intro="This is your personal link. It works once, and takes you to where you left off."
    >
      {error && <Alert tone="danger">{error}</Alert>}
      <Form method="post" className="grid">
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          Go on here
        </Button>
      </Form>
    </AccountPage>
  );
}
