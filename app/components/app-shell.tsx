import { CircleUserRound, LogOut } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Link, NavLink, useLocation, useNavigation, useNavigationType } from "react-router";
import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import { InShell } from "./in-shell.ts";
import { LanguageChoice } from "./language-choice.tsx";
import { Popover } from "./popover.tsx";
import type { Theme } from "./theme.ts";
import { ThemeToggle } from "./theme-toggle.tsx";

export interface NavItem {
  to: string;
  label: string;
  end?: boolean;
}

export interface ShellUser {
  name: string;
  email: string;
  /** Shown in the menu: "Coordinator". */
  roleLabel: string;
}

export interface AppShellProps {
  /** null = nobody is signed in. */
  user: ShellUser | null;
  theme: Theme;
  homeTo: string;
  nav?: readonly NavItem[];
  /** Offers the languages of the page. */
  languages?: boolean;
  /** Beside the user menu. */
  tools?: ReactNode;
  /** "page": a centred column with padding. "full": the page lays itself out below the bar. */
  width?: "page" | "full";
  children: ReactNode;
}

/** Skip link, slim top bar and the main landmark. Moves focus to the h1 after each navigation. */
export function AppShell({
  user,
  theme,
  homeTo,
  nav = [],
  languages = false,
  tools,
  width = "page",
  children,
}: AppShellProps) {
  const t = useTranslations("ui");
  const main = useRef<HTMLElement>(null);
  useFocusAfterNavigation(main);
  const busy = useNavigation().state !== "idle";
  const { pathname } = useLocation();
  // Of two entries one of which lies below the other, the page belongs to the deeper one.
  const here = nav.map((item) => item.to).filter((to) => pathname === to || pathname.startsWith(`${to}/`));
  const deepest = here.reduce((a, b) => (b.length > a.length ? b : a), "");
  return (
    <>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-1 focus:left-2"
      >
        {t("skip")}
      </a>
      <header className="sticky top-0 z-30 h-(--topbar) border-b bg-surface">
        <div
          className={cx(
            "mx-auto flex h-full items-center gap-4 px-4 sm:px-6",
            width === "page" && "max-w-7xl",
          )}
        >
          <Link to={homeTo} className="flex items-center gap-2 rounded-sm font-semibold tracking-tight">
            <Mark />
            <span className={nav.length > 0 ? "max-sm:sr-only" : undefined}>Turnwise</span>
          </Link>
          {nav.length > 0 && (
            <nav aria-label={t("mainNavigation")} className="min-w-0 overflow-x-auto">
              <ul className="flex gap-1">
                {nav.map((item) => (
                  <li key={item.to}>
                    <NavLink
                      to={item.to}
                      end={item.end}
                      aria-current={item.to === deepest ? "page" : "false"}
                      className={({ isActive }) =>
                        cx(
                          "block rounded-md px-2.5 py-1 text-sm font-medium whitespace-nowrap outline-offset-[-2px]",
                          isActive && item.to === deepest
                            ? "bg-sunken text-text"
                            : "text-muted hover:text-text",
                        )
                      }
                    >
                      {item.label}
                    </NavLink>
                  </li>
                ))}
              </ul>
            </nav>
          )}
          <div className="ml-auto flex items-center gap-1.5">
            {tools}
            <UserMenu user={user} theme={theme} languages={languages} />
          </div>
        </div>
        <div
          aria-hidden="true"
          className={cx(
            "absolute inset-x-0 -bottom-px h-0.5 origin-left bg-accent transition-opacity delay-150",
            busy ? "animate-breathe opacity-100" : "opacity-0",
          )}
        />
      </header>
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        className={width === "page" ? "mx-auto max-w-7xl px-4 py-6 sm:px-6 sm:py-8" : undefined}
      >
        <InShell value={true}>{children}</InShell>
      </main>
    </>
  );
}

/** The product's mark: four columns, one of them picked. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={cx("size-5", className)}>
      <g className="fill-muted/60">
        <rect x="1" y="3" width="3.4" height="14" rx="1.2" />
        <rect x="10.8" y="3" width="3.4" height="14" rx="1.2" />
        <rect x="15.6" y="3" width="3.4" height="14" rx="1.2" />
      </g>
      <rect x="5.8" y="1" width="3.6" height="18" rx="1.3" className="fill-accent" />
    </svg>
  );
}

type UserMenuProps = Required<Pick<AppShellProps, "user" | "theme" | "languages">>;

function UserMenu({ user, theme, languages }: UserMenuProps) {
  const t = useTranslations("ui");
  return (
    <Popover
      id="user-menu"
      label={user ? t("accountOf", { name: user.name }) : t("settings")}
      trigger={
        <>
          <CircleUserRound aria-hidden="true" className="size-4.5" />
          <span className="sr-only">{user ? t("yourAccount") : t("settings")}</span>
          {user && <span className="max-w-40 truncate max-sm:sr-only">{user.name}</span>}
        </>
      }
      width="w-60"
    >
      <div className="grid gap-4">
        {user && (
          <div className="min-w-0">
            <p className="truncate font-medium">{user.name}</p>
            <p className="truncate text-sm text-muted">{user.email}</p>
            <p className="text-sm text-muted">{user.roleLabel}</p>
          </div>
        )}
        {languages && <LanguageChoice />}
        <ThemeToggle theme={theme} />
        {user && (
          <form method="post" action="/sign-out">
            <Button type="submit" size="sm" className="w-full" icon={<LogOut className="size-4" />}>
              {t("signOut")}
            </Button>
          </form>
        )}
      </div>
    </Popover>
  );
}

/** After a client navigation to another page, focus goes to its h1, as a page load would do. */
function useFocusAfterNavigation(main: React.RefObject<HTMLElement | null>) {
  const { pathname, hash } = useLocation();
  // A shell that appears through a navigation (after signing in) was not loaded with the page.
  const arrivedByLink = useNavigationType() !== "POP";
  const last = useRef(arrivedByLink ? null : pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    if (hash !== "") return;
    const target = main.current?.querySelector<HTMLElement>("h1") ?? main.current;
    target?.focus({ preventScroll: true });
  }, [pathname, hash, main]);
}
