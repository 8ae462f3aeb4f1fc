import { data } from "react-router";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

/** Every address that is no page. */
export function loader(): never {
  throw data({ error: { code: "NOT_FOUND", message: "There is no page at this address." } }, { status: 404 });
}

export function action(): never {
  throw data({ error: { code: "NOT_FOUND", message: "There is no page at this address." } }, { status: 404 });
}

export default function NotFound() {
  return null;
}
