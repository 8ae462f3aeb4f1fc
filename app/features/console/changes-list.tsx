import { Card } from "../../components/card.tsx";
import { plural } from "../../components/format.ts";
import type { SettingsChange } from "./settings-changes.ts";

/** Settings that publishing would change: what each is called, and what it was and would be. */
export function ChangesList({ changes }: { changes: readonly SettingsChange[] }) {
  return (
    <dl className="grid gap-x-5 gap-y-2 text-sm sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      {changes.map(({ path, label, before, after }) => (
        <div key={path} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="break-words max-sm:mb-1.5">
            {before !== "" && (
              <>
                <span className="sr-only">was </span>
                <span className="text-muted">{before}</span>
                <span aria-hidden="true" className="px-1.5 text-muted">
                  →
                </span>
                <span className="sr-only">, would be </span>
              </>
            )}
            {after}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The changes of the saved draft above the form; folded, so that the form stays in sight. */
export function ChangesCard({
  version,
  changes,
  isConsentUnversioned,
}: {
  version: number;
  changes: readonly SettingsChange[];
  isConsentUnversioned: boolean;
}) {
  if (changes.length === 0) return null;
  return (
    <Card>
      <details open={changes.length <= 5}>
        <summary className="cursor-pointer font-semibold">
          {plural(changes.length, "setting")} of the saved draft {changes.length === 1 ? "differs" : "differ"}{" "}
          from version {version}
        </summary>
        <div className="mt-3">
          <ChangesList changes={changes} />
        </div>
      </details>
      {isConsentUnversioned && (
        <p className="mt-3 text-sm text-warning-ink">
          What raters agree to has changed, but its version has not risen: those who agreed before are not
          asked again.
        </p>
      )}
    </Card>
  );
}
