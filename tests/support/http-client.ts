/** A browser without scripts: cookies, forms and redirects by hand. */
export class HttpClient {
  readonly url: string;
  /** Every response body and header line so far, for searches. */
  readonly received: { path: string; status: number; headers: string; body: Buffer }[] = [];
  #cookies = new Map<string, string>();

  constructor(url: string) {
    this.url = url;
  }

  async request(
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; headers: Headers; text: string }> {
    const response = await fetch(new URL(path, this.url), {
      redirect: "manual",
      ...init,
      headers: {
        origin: this.url,
        cookie: [...this.#cookies].map(([k, v]) => `${k}=${v}`).join("; "),
        ...(init.headers as Record<string, string>),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const body = Buffer.from(await response.arrayBuffer());
    const headers = [...response.headers].map(([k, v]) => `${k}: ${v}`).join("\n");
    this.received.push({ path, status: response.status, headers, body });
    return { status: response.status, headers: response.headers, text: body.toString("utf8") };
  }

  get(path: string) {
    return this.request(path);
  }

  /** Sends a form as a browser does. */
  post(path: string, fields: Record<string, string>) {
    return this.request(path, {
      method: "POST",
      body: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  }

  /** Signs in; throws when that is refused. */
  async signIn(email: string, password: string): Promise<void> {
    const { status } = await this.post("/sign-in", { email, password });
    if (status !== 303 && status !== 302) throw new Error(`sign-in answered ${status}`);
  }
}

/** Value of a hidden or radio field in a page. */
export function fieldValues(html: string, name: string): string[] {
  const inputs = html.match(/<input\b[^>]*>/g) ?? [];
  return inputs
    .filter((tag) => tag.includes(`name="${name}"`))
    .map((tag) => /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? "");
}
