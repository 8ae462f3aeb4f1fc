import { Check, CircleCheckBig, ImageOff } from "lucide-react";
import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { cx } from "../../components/cx.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { paths } from "../../domain/paths.ts";
import type { CallParameters } from "../../domain/provider-call.ts";
import type { ReplayColumn, ReplayImage, ReplayTurn } from "../../domain/staff-views.ts";

/** The slate in the order in which it was shown, each column with the prompt that the rater never saw. */
export function ReplaySlate({ turn }: { turn: ReplayTurn }) {
  if (turn.columns.length === 0) {
    return (
      <Card>
        <EmptyState icon={<ImageOff />} title="No slate">
          The agent had not proposed columns for this turn.
        </EmptyState>
      </Card>
    );
  }
  return (
    <ol className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      {turn.columns.map((column) => (
        <li key={column.columnId} className="flex">
          <Column column={column} />
        </li>
      ))}
    </ol>
  );
}

function Column({ column }: { column: ReplayColumn }) {
  return (
    <article
      aria-label={`Column ${column.label}`}
      className={cx(
        "flex w-full flex-col rounded-lg bg-surface shadow-card ring-inset",
        column.chosen ? "ring-2 ring-accent" : "ring-1 ring-border",
      )}
    >
      <header className="flex min-h-11 flex-wrap items-center gap-1.5 px-3.5 pt-3 pb-2">
        <h3 className="mr-auto font-semibold">Column {column.label}</h3>
        <Marks column={column} />
      </header>
      <div className="grid grid-cols-2 gap-1 px-3.5">
        {column.images.map((image) => (
          <Thumbnail key={image.imageId} image={image} />
        ))}
      </div>
      <div className="flex grow flex-col gap-2 px-3.5 pt-3 pb-3.5 text-sm">
        <p className="grow">{column.prompt}</p>
        <p className="flex flex-wrap items-center justify-between gap-2 text-muted">
          <Badge>{column.category}</Badge>
          <span className="tabular-nums">
            {column.satisfaction === null ? "Not rated" : `Rated ${column.satisfaction} of 5`}
          </span>
        </p>
      </div>
    </article>
  );
}

/** One badge at most, so that the pictures of all columns start at the same height. */
function Marks({ column: { chosen, confirmed } }: { column: ReplayColumn }) {
  if (!chosen && !confirmed) return null;
  const text = chosen ? (confirmed ? "Chosen, confirmed" : "Chosen") : "Confirmed instead";
  return (
    <Badge tone={chosen ? "accent" : "success"}>
      {chosen ? (
        <Check aria-hidden="true" className="size-3.5" strokeWidth={3} />
      ) : (
        <CircleCheckBig aria-hidden="true" className="size-3.5" />
      )}
      {text}
    </Badge>
  );
}

function Thumbnail({ image }: { image: ReplayImage }) {
  return (
    <figure className="relative">
      {image.sha256 === null ? (
        <div className="grid aspect-square place-items-center rounded-sm bg-sunken text-xs text-muted">
          No image
        </div>
      ) : (
        <a
          href={paths.originalImage(image.imageId)}
          target="_blank"
          rel="noreferrer"
          title={`${madeWith(image)}: open the original`}
          className="block rounded-sm"
        >
          <img
            src={paths.image(image.imageId)}
            alt={`${image.label}, open the original`}
            width={512}
            height={512}
            loading="lazy"
            decoding="async"
            className="aspect-square h-auto w-full rounded-sm bg-sunken object-cover"
          />
        </a>
      )}
      <figcaption
        aria-hidden="true"
        className="pointer-events-none absolute top-1 left-1 rounded-sm bg-black/65 px-1 text-xs font-semibold text-white tabular-nums"
      >
        {image.label}
      </figcaption>
    </figure>
  );
}

/** Seed and whatever else is known of how the image was made, on one line. */
function madeWith({ seed, parameters }: ReplayImage): string {
  const all: CallParameters = { ...parameters, seed };
  const facts = Object.entries(all).filter(([, value]) => value !== null && value !== "");
  return facts.map(([name, value]) => `${name} ${value}`).join(", ");
}
