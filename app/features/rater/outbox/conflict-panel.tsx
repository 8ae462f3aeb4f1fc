import { useTranslations } from "use-intl";
import { Alert } from "../../../components/alert.tsx";
import { Button } from "../../../components/button.tsx";
import type { OutboxConflict } from "./outbox.ts";

export interface ConflictPanelProps {
  conflicts: readonly OutboxConflict[];
  /** How people call a field, and how its value reads. */
  describe: (field: string, value: string) => { name: string; value: string };
  onResolve: (field: string, keep: "mine" | "theirs") => void;
}

/** Both values of each field that was changed here and on another device; the rater picks the one that stands. */
export function ConflictPanel({ conflicts, describe, onResolve }: ConflictPanelProps) {
  const t = useTranslations("session.conflict");
  if (conflicts.length === 0) return null;
  return (
    <Alert tone="warning" title={t("title")}>
      <ul className="mt-2 grid gap-4">
        {conflicts.map(({ field, mine, theirs }) => {
          const here = describe(field, mine);
          const there = describe(field, theirs);
          return (
            <li key={field} className="grid gap-2">
              <span className="font-medium">{here.name}</span>
              <dl className="grid gap-1 text-sm">
                <div>
                  <dt className="inline text-muted">{t("here")} </dt>
                  <dd className="inline whitespace-pre-wrap">{here.value || t("empty")}</dd>
                </div>
                <div>
                  <dt className="inline text-muted">{t("there")} </dt>
                  <dd className="inline whitespace-pre-wrap">{there.value || t("empty")}</dd>
                </div>
              </dl>
              <div className="flex flex-wrap gap-2">
                <Button type="button" size="sm" onClick={() => onResolve(field, "mine")}>
                  {t("keepMine")}
                </Button>
                <Button type="button" size="sm" onClick={() => onResolve(field, "theirs")}>
                  {t("useTheirs")}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}
