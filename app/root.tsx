import type { ReactNode } from "react";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useLocation,
} from "react-router";
import type { Route } from "./+types/root";
import { type RootData, useRootData } from "./components/root-data.ts";
import { themeOf } from "./components/theme.ts";
import { catalogueOf } from "./i18n/catalogues.ts";
import { directionOf, localeOf, pageLocale } from "./i18n/locales.ts";
import { TextsProvider } from "./i18n/texts-provider.tsx";
import { nonceContext } from "./server/context.server.ts";
import { actorMiddleware } from "./server/session.server.ts";
import "./app.css";

export const middleware: Route.MiddlewareFunction[] = [actorMiddleware];

export const links: Route.LinksFunction = () => [
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export function loader({ request, context }: Route.LoaderArgs): RootData {
  const cookie = request.headers.get("cookie");
  return {
    theme: themeOf(cookie),
    language: localeOf(cookie, request.headers.get("accept-language")),
    nonce: context.get(nonceContext),
  };
}

/** Only a change of theme changes what the root knows: a new language comes with a new document, as its nonce does. */
export function shouldRevalidate({ formAction }: ShouldRevalidateFunctionArgs) {
  return formAction === "/theme";
}

export function meta(): Route.MetaDescriptors {
  return [{ title: "Turnwise" }];
}

export function Layout({ children }: { children: ReactNode }) {
  const { theme, language, nonce } = useRootData();
  const { locale } = catalogueOf(pageLocale(useLocation().pathname, language));
  return (
    <html lang={locale} dir={directionOf(locale)} data-theme={theme} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links nonce={nonce} />
      </head>
      <body>
        <TextsProvider locale={locale}>{children}</TextsProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export { RouteError as ErrorBoundary } from "./components/error-page.tsx";
