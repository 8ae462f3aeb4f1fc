import { SETTINGS_SECTIONS } from "./settings-labels.ts";

/** The sections of the page: a row that scrolls sideways on small screens, a column beside the form on wide ones. */
export function SettingsNav({ errors }: { errors: Record<string, string> }) {
  const wrong = Object.keys(errors).map((path) => path.split(".")[0]);
  return (
    <nav
      aria-label="Sections of the settings"
      className="sticky top-(--topbar) z-20 -mx-4 overflow-x-auto border-b bg-canvas px-4 py-2 sm:-mx-6 sm:px-6 xl:top-[calc(var(--topbar)+1.5rem)] xl:mx-0 xl:border-b-0 xl:p-0"
    >
      <ul className="flex gap-1 xl:flex-col">
        {SETTINGS_SECTIONS.map(({ id, title, owns }) => {
          const n = wrong.filter((first) => owns.some((path) => path === first)).length;
          return (
            <li key={id}>
              <a
                href={`#settings-${id}`}
                className="flex min-h-8 items-center gap-2 rounded-md px-2.5 py-1 text-sm whitespace-nowrap text-muted no-underline hover:bg-sunken hover:text-text"
              >
                {title}
                {n > 0 && (
                  <span className="rounded-full bg-danger-soft px-1.5 text-xs font-medium text-danger-ink">
                    {n}
                    <span className="sr-only"> to correct</span>
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
