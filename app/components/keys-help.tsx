import { Fragment } from "react";

/** One line that tells the keys of a page; where there is no keyboard it is not shown. */
export function KeysHelp({ keys }: { keys: readonly { keys: readonly string[]; does: string }[] }) {
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-1 text-sm text-muted max-sm:hidden">
      {keys.map((one) => (
        <span key={one.does}>
          {one.keys.map((key) => (
            <Fragment key={key}>
              <kbd className="rounded-sm border px-1 font-sans text-xs">{key}</kbd>{" "}
            </Fragment>
          ))}
          {one.does}
        </span>
      ))}
    </p>
  );
}
