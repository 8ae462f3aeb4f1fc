import type { ReactNode } from "react";
import { Mark } from "../../components/app-shell.tsx";
import { LanguageChoice } from "../../components/language-choice.tsx";

/** A small centred page for people who are not signed in. */
export function AccountPage({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-5 py-10">
      <header className="grid gap-4">
        <div className="flex items-center gap-2 font-semibold tracking-tight">
          <Mark />
          Turnwise
        </div>
        <div>
          <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight">
            {title}
          </h1>
          {intro && <p className="mt-1 text-muted">{intro}</p>}
        </div>
      </header>
      {children}
      <footer className="mt-4 w-fit">
        <LanguageChoice />
      </footer>
    </main>
  );
}
