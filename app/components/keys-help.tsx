import { Fragment } from "react";
import { cx } from "./cx.ts";
import { useHydrated } from "./use-hydrated.ts";

/** One line that tells the keys of a page: seen once they work, and where there may be a keyboard. */
export function KeysHelp({ keys }: { keys: readonly { keys: readonly string[]; does: string }[] }) {
  const hydrated = useHydrated();
  return (
    <p
      className={cx(
        "flex flex-wrap gap-x-3 gap-y-1 text-sm text-muted max-sm:hidden",
        !hydrated && "invisible",
      )}
    >
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
