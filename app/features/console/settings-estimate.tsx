import { Card } from "../../components/card.tsx";
import { DefinitionList } from "../../components/definition-list.tsx";
import { formatMoney, formatNumber } from "../../components/format.ts";
import { answerCount } from "../../domain/evaluation.ts";
import { armsIn, type SettingsValues } from "./settings-values.ts";

const UNKNOWN = "–";

/** What the draft amounts to, while it is typed. */
export function SettingsEstimate({ values }: { values: SettingsValues }) {
  const n = (name: string) => {
    const value = Number(values[name]);
    return values[name]?.trim() && value >= (name === "payPerTrajectory" ? 0 : 1) ? value : Number.NaN;
  };
  const show = (value: number, format = formatNumber) => (Number.isFinite(value) ? format(value) : UNKNOWN);
  const perTurn = n("columnCount") * n("imagesPerColumn");
  const perTrajectory = perTurn * n("horizon");
  const pay = n("payPerTrajectory");
  const currency = /^[A-Za-z]{3}$/.test(values.payCurrency ?? "") ? (values.payCurrency ?? "USD") : "USD";
  const money = (units: number) => formatMoney(Math.round(units * 100), currency.toUpperCase());
  return (
    <Card title="What this amounts to">
      <DefinitionList
        items={[
          { term: "Images per turn", value: show(perTurn) },
          { term: "Images per trajectory", value: show(perTrajectory) },
          {
            term: "Answers per trajectory",
            value: show(answerCount(n("horizon"), n("columnCount"))),
          },
          { term: "Images for the target", value: show(perTrajectory * n("targetTrajectories")) },
          { term: "Pay for the target", value: show(pay * n("targetTrajectories"), money) },
          { term: "Pay per hour", value: show((pay * 60) / n("expectedMinutes"), money) },
          { term: "Arms", value: String(armsIn(values).length) },
        ]}
      />
    </Card>
  );
}
