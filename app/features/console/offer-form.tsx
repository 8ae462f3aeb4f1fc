import { Form, useNavigation } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { RadioGroup } from "../../components/choices.tsx";
import { plural } from "../../components/format.ts";
import { NumberInput, Select } from "../../components/inputs.tsx";
import { paths } from "../../domain/paths.ts";
import { offerRefusalText } from "./action-texts.ts";
import type { FormFailure } from "./failure.ts";

export interface OfferFormProps {
  studyId: string;
  choices: { raters: { raterId: string; name: string }[]; pools: string[] };
  submissionId: string;
  failure: FormFailure | null;
  typed: { kind: string; raterId: string; pool: string; minutes: string } | null;
  offers: {
    offered: { raterId: string }[];
    hasMore: boolean;
    refused: { raterId: string; refusal: { code: string } }[];
  } | null;
}

/** Offers tasks to one rater or to a group, and says who got one. */
export function OfferForm({ studyId, choices, submissionId, failure, typed, offers }: OfferFormProps) {
  const busy = useNavigation().formMethod === "POST";
  const fields = failure?.fields ?? {};
  const toPool = typed?.kind === "pool";
  return (
    <div className="grid gap-4">
      {failure && Object.keys(fields).length === 0 && <Alert tone="danger">{failure.message}</Alert>}
      {offers && <Offers offers={offers} names={choices.raters} />}
      <Card
        title="Offer tasks"
        description="A place is held for each rater until they take the offer on their home page, decline it, or it lapses. Places that are held count towards the study’s target."
      >
        <Form method="post" className="group/offer grid max-w-prose gap-4">
          <input type="hidden" name="submissionId" value={submissionId} />
          <RadioGroup
            legend="Offer to"
            name="kind"
            direction="row"
            defaultValue={toPool ? "pool" : "rater"}
            options={[
              { value: "rater", label: "One rater" },
              { value: "pool", label: "A whole group" },
            ]}
          />
          <Select
            label="Rater"
            name="raterId"
            placeholder="Choose a rater"
            className="group-has-[input[value=pool]:checked]/offer:hidden"
            defaultValue={typed?.raterId ?? ""}
            options={choices.raters.map(({ raterId, name }) => ({ value: raterId, label: name }))}
            error={toPool ? undefined : fields.to}
          />
          <Select
            label="Group"
            name="pool"
            className="group-has-[input[value=rater]:checked]/offer:hidden"
            hint="At most 200 at a time, longest members first; those with a task under way are left out."
            defaultValue={typed?.pool ?? ""}
            options={choices.pools.map((pool) => ({ value: pool, label: pool || "Raters without a group" }))}
            error={toPool ? fields.to : undefined}
          />
          <NumberInput
            label="Hold the places for (minutes)"
            name="minutes"
            required={false}
            hint="The study’s lease when left empty."
            min={5}
            max={20_160}
            defaultValue={typed?.minutes ?? ""}
            error={fields.minutes}
            className="max-w-64"
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" pending={busy}>
              {offers?.hasMore ? "Offer to the next ones" : "Offer"}
            </Button>
            <ButtonLink to={paths.studyAssignments(studyId)} variant="ghost">
              Back to the list
            </ButtonLink>
          </div>
        </Form>
      </Card>
    </div>
  );
}

function Offers({
  offers,
  names,
}: {
  offers: NonNullable<OfferFormProps["offers"]>;
  names: { raterId: string; name: string }[];
}) {
  const nameOf = (raterId: string) => names.find((r) => r.raterId === raterId)?.name ?? raterId;
  return (
    <Alert
      tone={offers.refused.length > 0 ? "warning" : "success"}
      title={`${plural(offers.offered.length, "task")} offered${offers.hasMore ? "; more of the group are left" : ""}`}
    >
      {offers.refused.length > 0 && (
        <ul>
          {offers.refused.map(({ raterId, refusal }) => (
            <li key={raterId}>
              {nameOf(raterId)}: {offerRefusalText(refusal.code)}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
