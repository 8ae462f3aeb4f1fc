import { type ReactNode, useRef } from "react";
import { Form, useSearchParams, useSubmit } from "react-router";
import { Button, ButtonLink } from "./button.tsx";
import { Select } from "./inputs.tsx";
import { useHydrated } from "./use-hydrated.ts";

export interface FilterBarProps {
  /** Whether the address narrows the list. */
  filtered: boolean;
  /** Parameters that have no control but stay, e.g. the sort. */
  keep: readonly string[];
  /** The controls; each takes its value from the address. */
  children: ReactNode;
  /** Further controls, below the button. */
  more?: ReactNode;
  /** Links at the end, e.g. to a useful selection. */
  actions?: ReactNode;
}

/**
 * What narrows a list: a form whose fields stand in the address. Selects take effect at once; what is typed when it is
 * sent. Works without scripts.
 */
export function FilterBar({ filtered, keep, children, more, actions }: FilterBarProps) {
  const [params] = useSearchParams();
  const submit = useSubmit();
  const hydrated = useHydrated();
  const form = useRef<HTMLFormElement>(null);
  const kept = keep.flatMap((name) =>
    params.get(name) ? [[name, params.get(name) as string] as const] : [],
  );
  const cleared = new URLSearchParams(
    kept.filter(([name]) => name === "sort" || name === "order").map(([...pair]) => pair),
  );
  return (
    <Form
      ref={form}
      method="get"
      // Uncontrolled fields take their value from the address again after each navigation.
      key={params.toString()}
      preventScrollReset
      onChange={(event) => {
        if (event.target instanceof HTMLSelectElement)
          void submit(event.currentTarget, { preventScrollReset: true });
      }}
      onSubmit={(event) => {
        // Empty fields would only lengthen the address.
        if (!hydrated || event.currentTarget !== form.current) return;
        event.preventDefault();
        const typed = [...new FormData(event.currentTarget)].filter(([, value]) => value !== "");
        void submit(new URLSearchParams(typed as [string, string][]), { preventScrollReset: true });
      }}
      className="flex flex-wrap items-end gap-3 border-b px-5 py-3"
      aria-label="Filter"
    >
      {children}
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit">Filter</Button>
      {filtered && (
        <ButtonLink to={{ search: cleared.toString() }} variant="ghost" preventScrollReset>
          Clear filters
        </ButtonLink>
      )}
      {actions && <span className="flex flex-wrap gap-2 sm:ml-auto">{actions}</span>}
      {more}
    </Form>
  );
}

export interface FilterSelectProps {
  label: string;
  /** The parameter. */
  name: string;
  options: readonly { value: string; label: string }[];
  className?: string;
}

/** A select of a {@link FilterBar}, with "All" as its first entry. */
export function FilterSelect({ label, name, options, className = "w-36" }: FilterSelectProps) {
  const [params] = useSearchParams();
  return (
    <Select
      label={label}
      name={name}
      placeholder="All"
      defaultValue={params.get(name) ?? ""}
      options={options}
      className={className}
    />
  );
}
