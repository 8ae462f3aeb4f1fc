import { useTranslations } from "use-intl";
import { cx } from "../../components/cx.ts";
import { rowLabel } from "../../domain/slate.ts";
import { fixedPicturePath, fixedSlate } from "./fixed-slate.ts";

const COLUMNS = fixedSlate("example");
const BEST = "2A";

/** Small example pictures of "judge by the best image": 2A is the best of sixteen, so column 2 is the answer. */
export function ExampleSlate() {
  const t = useTranslations("session.instructions");
  const tExamples = useTranslations("session.examples");
  return (
    <figure className="grid w-full max-w-72 shrink-0 gap-2">
      <div role="img" aria-label={t("exampleAlt")} className="flex gap-1 text-xs font-semibold text-muted">
        <div aria-hidden="true" className="grid grid-rows-[1.25rem_repeat(4,1fr)] gap-1">
          <span />
          {[0, 1, 2, 3].map((row) => (
            <span key={row} className="flex items-center">
              {rowLabel(row)}
            </span>
          ))}
        </div>
        {COLUMNS.map((column) => (
          <div
            key={column.columnId}
            className={cx(
              "grid flex-1 grid-rows-[1.25rem_repeat(4,auto)] gap-1 rounded-md border-2 px-0.5 pb-0.5",
              column.label === BEST[0]
                ? "border-accent bg-accent-soft text-accent-ink"
                : "border-transparent",
            )}
          >
            <span aria-hidden="true" className="text-center leading-5">
              {column.label}
            </span>
            {column.images.map((image) => (
              <img
                key={image.imageId}
                src={fixedPicturePath(image.imageId)}
                alt=""
                width={96}
                height={96}
                className={cx(
                  "aspect-square w-full rounded-sm",
                  image.label === BEST && "outline-2 outline-offset-1 outline-accent",
                )}
              />
            ))}
          </div>
        ))}
      </div>
      <figcaption className="text-xs">{t("exampleCaption", { prompt: tExamples("cat") })}</figcaption>
    </figure>
  );
}
