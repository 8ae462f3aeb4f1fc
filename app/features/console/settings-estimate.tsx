import { Card } from "../../components/card.tsx";
import { DefinitionList } from "../../components/definition-list.tsx";
import { formatMoney, formatNumber } from "../../components/format.ts";
import { answerCount } from "../../domain/evaluation.ts";
import { armsIn, type SettingsValues } from "./settings-values.ts";

const UNKNOWN = "–";

/** What the draft amounts to, while it is typed. */
export function SettingsEstimate({ values }: { values: SettingsValues }) {
  const n = (name: string, least = 1) => {
    const value = Number(values[name]);
    return values[name]?.trim() && value >= least ? value : Number.NaN;
  };
  const show = (value: number, format = formatNumber) => (Number.isFinite(value) ? format(value) : UNKNOWN);
  const perTurn = n("columnCount") * n("imagesPerColumn");
  const perTrajectory = perTurn * n("horizon");
  const target = n("targetTrajectories");
  const places = target + n("overRecruitment", 0);
  const hours = n("expectedMinutes") / 60;
  const isHourly = values.payUnit === "hour";
  const pay = isHourly ? n("payPerHourCents", 0) * hours : n("payPerTrajectoryCents", 0);
  const mostPerRater = values.maxTrajectoriesPerRater?.trim() ? n("maxTrajectoriesPerRater") : null;
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
          { term: "Places given", value: show(places) },
          { term: "Images for all places", value: show(perTrajectory * places) },
          { term: isHourly ? "Expected pay per trajectory" : "Pay per trajectory", value: show(pay, money) },
          { term: isHourly ? "Pay per hour" : "Expected pay per hour", value: show(pay / hours, money) },
          { term: "Pay for the target", value: show(pay * target, money) },
          ...(places > target ? [{ term: "Most pay, all places", value: show(pay * places, money) }] : []),
          ...(mostPerRater === null
            ? []
            : [
                { term: "Fewest raters for the target", value: show(Math.ceil(target / mostPerRater)) },
                { term: "Most pay of one rater", value: show(pay * mostPerRater, money) },
              ]),
          { term: "Hours of work for the target", value: show(Math.round(hours * target)) },
          { term: "Arms", value: String(armsIn(values).length) },
        ]}
      />
    </Card>
  );
}
