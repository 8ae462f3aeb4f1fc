import { fillExit } from "../../domain/recruitment.ts";
import {
  ChoiceSetting,
  InstantSetting,
  LimitSetting,
  LongTextSetting,
  MoneySetting,
  NumberSetting,
  Section,
  SwitchSetting,
  TextSetting,
  useSettings,
} from "./settings-controls.tsx";

export function PlacesSection() {
  return (
    <Section
      id="places"
      description="How many trajectories, and when. Times are in UTC (coordinated universal time)."
    >
      <NumberSetting path="targetTrajectories" min={1} max={1_000_000} />
      <NumberSetting
        path="overRecruitment"
        min={0}
        max={1_000_000}
        hint="For work that will be given up or rejected."
      />
      <SwitchSetting path="reuseRejectedPlaces" />
      <InstantSetting path="opensAtMs" hint="Empty: as soon as it is published." />
      <InstantSetting path="closesAtMs" hint="Empty: until you close it. Work under way can be finished." />
      <NumberSetting
        path="leaseMinutes"
        min={5}
        max={20_160}
        hint="Anything the rater does starts the time anew."
      />
      <NumberSetting path="reminderMinutes" min={0} max={10_080} hint="Before the place expires; 0: never." />
      <ChoiceSetting path="expiryPolicy" />
    </Section>
  );
}

export function RatersSection() {
  return (
    <Section id="raters" description="Who may take part, and how much one person does.">
      <LimitSetting path="maxTrajectoriesPerRater" min={1} max={100_000} />
      <LimitSetting path="maxTrajectoriesPerRaterPerDay" min={1} max={1000} />
      <NumberSetting path="minPauseMinutes" min={0} max={43_200} hint="0: no pause." />
      <LongTextSetting
        path="eligiblePools"
        rows={3}
        className="sm:col-span-2"
        hint="One group per line, as named in invitations and recruitment links. Empty: everybody in the study."
      />
    </Section>
  );
}

export function PaySection() {
  return (
    <Section
      id="pay"
      description="Shown to raters before they start. An hour counts working and waiting time."
    >
      <ChoiceSetting path="payUnit" />
      <MoneySetting path="payPerTrajectoryCents" hint="Counts when paid by trajectory." />
      <MoneySetting path="payPerHourCents" hint="Counts when paid by the hour." />
      <TextSetting path="payCurrency" maxLength={3} required autoCapitalize="characters" />
      <NumberSetting path="expectedMinutes" min={1} max={600} />
    </Section>
  );
}

const EXITS = ["completedUrl", "screenedOutUrl", "studyFullUrl"] as const;

export function RecruitmentSection() {
  return (
    <Section
      id="recruitment"
      description="Where people who came by a recruitment link go when they leave. {code}, {pid}, {study} and {session} are filled in; empty: our own page says what there is to know."
    >
      <TextSetting
        path="recruitment.completionCode"
        required={false}
        maxLength={80}
        className="sm:col-span-2"
        hint="The panel's fixed code. Empty: every task gets a code of its own."
      />
      {EXITS.map((exit) => (
        <div key={exit} className="grid min-w-0 gap-1 sm:col-span-2">
          <TextSetting
            path={`recruitment.${exit}`}
            required={false}
            inputMode="url"
            maxLength={2000}
            autoCapitalize="none"
            spellCheck={false}
            placeholder="https://"
          />
          <ExitPreview path={`recruitment.${exit}`} />
        </div>
      ))}
    </Section>
  );
}

/** What the address becomes for somebody, with example ids. */
function ExitPreview({ path }: { path: string }) {
  const { typed } = useSettings();
  const template = (typed[path] ?? "").trim();
  if (template === "") return null;
  const filled = fillExit(template, {
    code: (typed["recruitment.completionCode"] ?? "").trim() || "K7M2QX",
    pid: "5f8d0a1b2c3d4e5f60718293",
    study: "61a2b3c4d5e6f70819203142",
    session: "62b3c4d5e6f7081920314253",
  });
  return (
    <p className="text-sm text-muted">
      {filled ? (
        <>
          For example <span className="font-mono text-xs break-all text-text">{filled.url}</span>
        </>
      ) : (
        "This does not make a web address. What is filled in must not change where it leads."
      )}
    </p>
  );
}

export function ImagesSection() {
  return (
    <Section
      id="images"
      description="How the server works for this study. Costs are counted in the currency of your models' prices."
    >
      <NumberSetting
        path="turnDeadlineSeconds"
        min={10}
        max={3600}
        hint="After this the rater can try the turn again."
      />
      <MoneySetting
        path="spendCapCents"
        required={false}
        placeholder="No limit"
        hint="At this sum no new images are asked for."
      />
      <SwitchSetting
        path="adultContentNotice"
        hint="Raters read before they start that images may show adult or disturbing content."
      />
    </Section>
  );
}
