import { formatMoney } from "../../components/format.ts";
import type { PayUnit } from "../../domain/study-parts.ts";

/** "$2.50", "$12.00 an hour", "Unpaid". */
export function payText(pay: { payUnit: PayUnit; payCents: number; payCurrency: string }): string {
  if (pay.payCents === 0) return "Unpaid";
  const money = formatMoney(pay.payCents, pay.payCurrency);
  return pay.payUnit === "hour" ? `${money} an hour` : money;
}
